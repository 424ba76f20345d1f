package imageservice.formats.iso9660;

import imageservice.formats.iso9660.Node.Folder;
import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Function;

/// The path table (ECMA-119 9.4), in either byte order.
final class PathTable {
  private PathTable() {}

  static long length(List<Folder> folders) {
    return folders.stream().mapToLong(folder -> length(identifier(folder))).sum();
  }

  /// @param order of bytes: {@link Struct#littleEndian} for type L, {@link Struct#bigEndian} for M
  static byte[] toBytes(
      List<Folder> folders, Function<Folder, LogicalBlock> block, Function<Integer, Struct> order) {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    for (Folder folder : folders) {
      byte[] identifier = identifier(folder);
      table.writeBytes(
          order
              .apply(length(identifier))
              .u8("Length of Directory Identifier", identifier.length)
              .u8("Extended Attribute Record Length", 0)
              .u32("Location of Extent", block.apply(folder).number())
              .u16("Parent Directory Number", folder.parent())
              .bytes("Directory Identifier", identifier)
              .zeros("Padding Field", identifier.length % 2)
              .toBytes());
    }
    return table.toByteArray();
  }

  private static byte[] identifier(Folder folder) {
    return folder.identifier().bytes();
  }

  private static int length(byte[] identifier) {
    return 8 + identifier.length + identifier.length % 2;
  }
}
