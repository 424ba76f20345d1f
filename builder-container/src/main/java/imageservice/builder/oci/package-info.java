/// Container images by digest, from a registry ({@link imageservice.builder.oci.RegistrySource}) or
/// from OCI layout folders ({@link imageservice.builder.oci.LayoutSource}), checked against their
/// digests.
///
/// Subset: OCI image specification 1.1, OCI distribution specification 1.1 (pulling) and Docker
/// schema 2; sha256 digests; Bearer and Basic authentication.
@NullMarked
package imageservice.builder.oci;

import org.jspecify.annotations.NullMarked;
