/// The builder's image without a container engine: what its Dockerfile says, made and pushed by
/// Jib.
@NullMarked
package imageservice.infra.image;

import org.jspecify.annotations.NullMarked;
