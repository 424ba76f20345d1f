package imageservice.formats.squashfs;

import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// A directory's content: runs of entries, each behind a header with what they have in common.
final class Listing {
  /// @param type of a basic inode, even where the inode is an extended one
  record Item(String name, int type, long number, long inode) {
    long block() {
      return inode >>> 16;
    }
  }

  private Listing() {}

  /// The content of a directory with these entries, sorted by name.
  static byte[] of(List<Item> items) {
    ByteArrayOutputStream listing = new ByteArrayOutputStream();
    List<Item> run = new ArrayList<>();
    for (Item item : items) {
      if (!run.isEmpty() && !fits(run, item)) {
        listing.writeBytes(encode(run));
        run.clear();
      }
      run.add(item);
    }
    if (!run.isEmpty()) {
      listing.writeBytes(encode(run));
    }
    return listing.toByteArray();
  }

  private static boolean fits(List<Item> run, Item item) {
    Item first = run.getFirst();
    long difference = item.number() - first.number();
    return run.size() < SquashfsFormat.LISTING_RUN
        && item.block() == first.block()
        && difference == (short) difference;
  }

  private static byte[] encode(List<Item> run) {
    Item first = run.getFirst();
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    encoded.writeBytes(
        Struct.littleEndian(12)
            .u32("count", run.size() - 1)
            .u32("start_block", first.block())
            .u32("inode_number", first.number())
            .toBytes());
    for (Item item : run) {
      byte[] name = SquashfsPath.bytes(item.name());
      encoded.writeBytes(
          Struct.littleEndian(8 + name.length)
              .u16("offset", (int) item.inode() & 0xFFFF)
              .u16("inode_number", (int) (item.number() - first.number()) & 0xFFFF)
              .u16("type", item.type())
              .u16("size", name.length - 1)
              .bytes("name", name)
              .toBytes());
    }
    return encoded.toByteArray();
  }
}
