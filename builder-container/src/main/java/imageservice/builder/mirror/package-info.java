/// Copies of releases for places without a network: which images a release needs, and how an image
/// is copied together with its signatures.
@NullMarked
package imageservice.builder.mirror;

import org.jspecify.annotations.NullMarked;
