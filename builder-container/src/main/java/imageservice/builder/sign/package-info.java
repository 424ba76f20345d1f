/// Signatures by the service's own key: who signs, and the documents by which clients of registries
/// find the signatures of an image and verify them.
@NullMarked
package imageservice.builder.sign;

import org.jspecify.annotations.NullMarked;
