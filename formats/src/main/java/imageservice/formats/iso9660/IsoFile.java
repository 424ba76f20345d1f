package imageservice.formats.iso9660;

import imageservice.formats.blob.Blob;

/// A regular file.
public record IsoFile(String name, Blob content, int mode) implements IsoEntry {
  public IsoFile {
    IsoEntry.nameBytes(name);
    IsoEntry.requireMode(mode);
  }

  IsoFile named(String other) {
    return new IsoFile(other, content, mode);
  }
}
