/// Brings source material: container images by digest, from a registry ({@link
/// imageservice.builder.fetch.RegistrySource}) or from OCI layout folders ({@link
/// imageservice.builder.fetch.LayoutSource}), checked against their digests and kept in a {@link
/// imageservice.builder.fetch.BlobCache} on disk. {@link imageservice.builder.fetch.OciImages} is
/// the door: it applies the {@link imageservice.builder.fetch.Trust} policy, picks a platform and
/// flattens layers into files.
///
/// Subset: OCI image specification 1.1 and Docker schema 2; sha256 digests; layers as plain tar,
/// gzip or zstd; Bearer and Basic authentication. Paths in layers are names: a parent that is a
/// symbolic link is not followed.
@NullMarked
package imageservice.builder.fetch;

import org.jspecify.annotations.NullMarked;
