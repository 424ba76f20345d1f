package imageservice.configuration;

/// What a configuration says of disk images.
///
/// @param sectorSize in bytes, 0 for the default; an unsigned 64-bit number (the document's type),
///   so compare with `==` or [Long#compareUnsigned]. Values no disk has get an id too and are
///   refused when something is built
public record DiskImageOptions(long sectorSize) {
  public static final DiskImageOptions DEFAULTS = new DiskImageOptions(0);

  /// The sector size as the document writes it.
  String sectorSizeText() {
    return Long.toUnsignedString(sectorSize);
  }
}
