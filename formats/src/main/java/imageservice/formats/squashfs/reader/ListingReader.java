package imageservice.formats.squashfs.reader;

import static imageservice.formats.squashfs.reader.ImageBytes.require;

import imageservice.formats.squashfs.SquashfsFormat;
import imageservice.formats.squashfs.SquashfsPath;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// Reads a directory's content, name after name.
final class ListingReader {
  /// @param type of a basic inode
  /// @param inode position of the inode
  record Item(String name, int type, long inode) {}

  private static final int HEADER = 12;
  private static final int ITEM = 8;

  private final MetadataCursor in;
  private long rest;
  private long inRun;
  private long block;
  private byte[] before = new byte[0];

  /// @param in at the content
  /// @param size of the content in bytes
  ListingReader(MetadataCursor in, long size) {
    this.in = in;
    this.rest = size;
  }

  Optional<Item> next() throws IOException {
    if (inRun == 0) {
      if (rest == 0) {
        return Optional.empty();
      }
      header();
    }
    inRun--;
    return Optional.of(item());
  }

  private void header() throws IOException {
    take(HEADER);
    inRun = in.u32() + 1;
    require(inRun <= SquashfsFormat.LISTING_RUN, "count", in.place(), "is " + (inRun - 1));
    block = in.u32();
    in.skip(4); // inode_number
  }

  private Item item() throws IOException {
    take(ITEM);
    int offset = in.u16();
    in.skip(2); // inode_number
    int type = in.u16();
    int size = in.u16() + 1;
    require(size <= SquashfsPath.NAME_MAX, "size", in.place(), "of a name is " + size);
    take(size);
    return new Item(name(size), type, block << 16 | offset);
  }

  private String name(int size) throws IOException {
    String name = in.text("name", size);
    boolean plain =
        !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0 && name.indexOf('\0') < 0;
    require(plain, "name", in.place(), "is not a plain name: " + name);
    byte[] bytes = SquashfsPath.bytes(name);
    require(
        Arrays.compareUnsigned(before, bytes) < 0,
        "name",
        in.place(),
        "does not come after the one before it: " + name);
    before = bytes;
    return name;
  }

  private void take(int count) throws IOException {
    require(count <= rest, "directory", in.place(), "ends within an entry");
    rest -= count;
  }
}
