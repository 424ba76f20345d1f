package imageservice.plan;

/// The compression of extensions' squashfs images and of the archive that carries them in the
/// initramfs.
public enum AddOnCompression {
  XZ,
  ZSTD
}
