package imageservice.plan;

/// What extensions, and the archive that carries them, are packed with.
public enum AddOnCompression {
  XZ,
  ZSTD
}
