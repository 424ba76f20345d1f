package imageservice.formats.fat;

import imageservice.formats.blob.Blob;

/// A regular file of less than 4 GiB.
public record FatFile(String name, Blob content, boolean readOnly) implements FatEntry {
  public FatFile {
    FatEntry.requireName(name);
    if (content.length() > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(
          "%s has %d bytes, a FAT file holds at most 4294967295".formatted(name, content.length()));
    }
  }

  public FatFile(String name, Blob content) {
    this(name, content, false);
  }

  FatFile named(String other) {
    return new FatFile(other, content, readOnly);
  }
}
