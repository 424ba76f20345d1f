package imageservice.asset;

/// What a disk image is packed with. In the order in which suffixes are tried.
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
