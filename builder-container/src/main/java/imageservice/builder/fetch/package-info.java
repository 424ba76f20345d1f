/// Brings source material: {@link imageservice.builder.fetch.OciImages} is the door. It applies the
/// {@link imageservice.builder.fetch.Trust} policy, picks a platform, and has layers flattened into
/// files that are kept in a cache.
@NullMarked
package imageservice.builder.fetch;

import org.jspecify.annotations.NullMarked;
