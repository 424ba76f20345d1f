package imageservice.formats.medium;

/// A logical block address: the number of a sector, in the medium's own sector size.
public record Lba(long value) implements Comparable<Lba> {
  public Lba {
    if (value < 0) {
      throw new IllegalArgumentException("LBA " + value);
    }
  }

  public Lba plus(long sectors) {
    return new Lba(Math.addExact(value, sectors));
  }

  @Override
  public int compareTo(Lba other) {
    return Long.compare(value, other.value);
  }
}
