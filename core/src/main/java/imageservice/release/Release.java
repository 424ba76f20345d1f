package imageservice.release;

/// One Talos version with the digests of what it offers.
///
/// @param imager digest of the image `imager` under the version's tag: kernel, base initramfs, boot
///   loaders
public record Release(TalosVersion version, Digest imager) {}
