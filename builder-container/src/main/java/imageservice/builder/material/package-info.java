/// Material: the fetched inputs of a plan, which are files and roots of container images, boot
/// code, and the complete command line. Nothing here fetches.
@NullMarked
package imageservice.builder.material;

import org.jspecify.annotations.NullMarked;
