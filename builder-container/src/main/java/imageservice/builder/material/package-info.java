/// What assets are made of, once it is fetched: files and roots of container images, boot code, and
/// the command line, settled. Nothing here fetches.
@NullMarked
package imageservice.builder.material;

import org.jspecify.annotations.NullMarked;
