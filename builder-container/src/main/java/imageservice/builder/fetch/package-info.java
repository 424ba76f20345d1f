/// Fetches material. {@link imageservice.builder.fetch.OciImages} takes only images that a {@link
/// imageservice.builder.fetch.Verifier} admits, selects the manifest of one architecture, and keeps
/// the files of its flattened layers in a cache.
@NullMarked
package imageservice.builder.fetch;

import org.jspecify.annotations.NullMarked;
