package imageservice.asset;

/// The compression of a disk image, in the order in which {@link AssetNameGrammar} tries suffixes.
public enum Compression {
  TAR_GZ(".tar.gz"),
  GZ(".gz"),
  XZ(".xz"),
  ZST(".zst"),
  NONE("");

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  String suffix() {
    return suffix;
  }
}
