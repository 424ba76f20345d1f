package imageservice.formats.medium;

/// Bytes in a logical sector: 512, 1024, 2048 or 4096. A format that allows fewer says so itself.
public record SectorSize(int bytes) {
  public static final SectorSize OF_512 = new SectorSize(512);
  public static final SectorSize OF_4096 = new SectorSize(4096);

  public SectorSize {
    if (bytes < 512 || bytes > 4096 || Integer.bitCount(bytes) != 1) {
      throw new IllegalArgumentException("sectors of " + bytes + " bytes");
    }
  }

  /// Sectors that hold so many bytes.
  public long sectors(long length) {
    return Math.ceilDiv(length, bytes);
  }

  /// Bytes before a sector.
  public long offset(Lba lba) {
    return Math.multiplyExact(lba.value(), bytes);
  }
}
