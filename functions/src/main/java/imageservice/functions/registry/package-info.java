/// The registry frontend: installer images by the protocol of the OCI distribution specification,
/// v1.1.
@NullMarked
package imageservice.functions.registry;

import org.jspecify.annotations.NullMarked;
