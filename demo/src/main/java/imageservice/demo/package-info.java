/// Miniature releases of Talos's shape, made of Debian's packages: container images that boot,
/// small enough to try the service on. [imageservice.demo.DemoReleases] is the way in.
///
/// `fixtures/README.md` says what such a release consists of; `fixtures/make-mini-release.sh` makes
/// the same with the field's programs and is the judge of this room.
@NullMarked
package imageservice.demo;

import org.jspecify.annotations.NullMarked;
