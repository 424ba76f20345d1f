/// Brings source material: {@link imageservice.builder.fetch.OciImages} is the door. It lets in
/// only images that a {@link imageservice.builder.fetch.Verifier} admits, picks a platform, and has
/// layers flattened into files that are kept in a cache.
@NullMarked
package imageservice.builder.fetch;

import org.jspecify.annotations.NullMarked;
