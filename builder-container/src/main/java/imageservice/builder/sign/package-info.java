/// Signatures by the service's own keys: who signs, the documents by which clients of registries
/// find the signatures of an image and verify them, and what firmware verifies.
@NullMarked
package imageservice.builder.sign;

import org.jspecify.annotations.NullMarked;
