package imageservice.formats.iso9660;

/// An entry of the tree with its identifier, its path and its file serial number (RRIP 1.12, PX).
sealed interface Node {
  Identifier identifier();

  /// Without a leading slash; empty for the root.
  String path();

  int serial();

  /// A directory.
  ///
  /// @param number in the path table, from 1
  /// @param parent the parent's number; the root is its own parent
  record Folder(
      Identifier identifier,
      String path,
      int serial,
      IsoDirectory directory,
      int number,
      int parent)
      implements Node {}

  record Leaf(Identifier identifier, String path, int serial, IsoFile file) implements Node {}

  default String name() {
    return switch (this) {
      case Folder folder -> folder.directory().name();
      case Leaf leaf -> leaf.file().name();
    };
  }
}
