package imageservice.formats.xfs;

import static imageservice.formats.xfs.ReadBlocks.BLOCK;
import static imageservice.formats.xfs.ReadBlocks.NULL;
import static imageservice.formats.xfs.ReadBlocks.u16;
import static imageservice.formats.xfs.ReadBlocks.u32;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// A reader for tests: checks every structure that it passes, and that every block of the volume
/// belongs to one thing.
final class ReadVolume {
  private record Range(long start, long length) {}

  private final ReadBlocks blocks;
  private final ByteBuffer superblock;
  private final int sector;
  private final BitSet taken = new BitSet();
  private final BitSet allocatedInodes = new BitSet();
  private final BitSet freeInodes = new BitSet();

  private ReadVolume(Blob image) throws IOException {
    this.blocks = new ReadBlocks(image);
    this.sector = u16(blocks.at(102, 2), 0);
    this.superblock = blocks.sealed(0, sector, "XFSB", 224);
  }

  /// What a volume holds, which is consistent.
  static ReadTree of(Blob image) throws IOException {
    ReadVolume volume = new ReadVolume(image);
    assertThat(volume.superblock.getLong(8) * BLOCK).isEqualTo(image.length());
    long free = 0;
    for (int group = 0; group < u32(volume.superblock, 88); group++) {
      free += volume.group(group);
    }
    assertThat(volume.superblock.getLong(144)).as("fdblocks").isEqualTo(free);
    volume.take(volume.blockOf(volume.superblock.getLong(48)), u32(volume.superblock, 96));
    ReadTree tree = new ReadTree(volume, volume.superblock.getLong(56));
    assertThat(volume.superblock.getLong(128)).isEqualTo(volume.allocatedInodes.cardinality());
    assertThat(volume.superblock.getLong(136)).isEqualTo(volume.freeInodes.cardinality());
    assertThat(volume.taken.nextClearBit(0))
        .as("a block that nothing has")
        .isEqualTo(Math.toIntExact(image.length() / BLOCK));
    return tree;
  }

  ReadBlocks blocks() {
    return blocks;
  }

  byte[] uuid() {
    return ReadBlocks.bytes(superblock, 32, 16);
  }

  /// A used inode.
  ByteBuffer inode(long number) throws IOException {
    assertThat(allocatedInodes.get(Math.toIntExact(number))).isTrue();
    assertThat(freeInodes.get(Math.toIntExact(number))).as("inode %d is free", number).isFalse();
    return inodeSlot(number);
  }

  List<Long> usedInodes() {
    BitSet used = (BitSet) allocatedInodes.clone();
    used.andNot(freeInodes);
    return used.stream().mapToObj(Long::valueOf).toList();
  }

  /// A block by its number in extents, as its number from the start of the volume.
  long blockOf(long fileSystemBlock) {
    int bits = superblock.get(124);
    long block = fileSystemBlock & ((1L << bits) - 1);
    assertThat(block).isLessThan(u32(superblock, 84));
    return (fileSystemBlock >>> bits) * u32(superblock, 84) + block;
  }

  /// Notes whose blocks these are; nobody else's so far.
  void take(long block, long length) {
    int from = Math.toIntExact(block);
    int to = Math.toIntExact(block + length);
    assertThat(taken.get(from, to).isEmpty()).as("blocks [%d, %d) are shared", from, to).isTrue();
    taken.set(from, to);
  }

  private ByteBuffer inodeSlot(long number) throws IOException {
    ByteBuffer inode = blocks.sealed(number * 512, 512, "IN", 100); // in the first group
    assertThat(inode.getLong(152)).isEqualTo(number);
    assertThat(ReadBlocks.bytes(inode, 160, 16)).isEqualTo(uuid());
    return inode;
  }

  /// Free blocks of a group, spare ones too.
  private long group(int group) throws IOException {
    long start = group * u32(superblock, 84);
    long at = start * BLOCK;
    assertThat(blocks.sealed(at, sector, "XFSB", 224)).isEqualTo(superblock);
    ByteBuffer agf = blocks.sealed(at + sector, sector, "XAGF", 216);
    ByteBuffer agi = blocks.sealed(at + 2L * sector, sector, "XAGI", 312);
    take(start, Math.ceilDiv(4 * sector, BLOCK));
    long length = Math.min(u32(superblock, 84), superblock.getLong(8) - start);
    for (ByteBuffer header : List.of(agf, agi)) {
      assertThat(u32(header, 8)).isEqualTo(group);
      assertThat(u32(header, 12)).isEqualTo(length);
    }
    long free = freeSpace(group, start, agf);
    long spares = spares(at, start, agf);
    inodes(group, start, agi);
    tree(group, start, u32(agf, 88), "R3FC", 1);
    return free + spares;
  }

  private long freeSpace(int group, long start, ByteBuffer agf) throws IOException {
    List<Range> byBlock = ranges(tree(group, start, u32(agf, 16), "AB3B", 8));
    List<Range> byLength = ranges(tree(group, start, u32(agf, 20), "AB3C", 8));
    assertThat(byBlock).isSortedAccordingTo(Comparator.comparingLong(Range::start));
    assertThat(byLength)
        .containsExactlyInAnyOrderElementsOf(byBlock)
        .isSortedAccordingTo(
            Comparator.comparingLong(Range::length).thenComparingLong(Range::start));
    byBlock.forEach(range -> take(start + range.start(), range.length()));
    long free = byBlock.stream().mapToLong(Range::length).sum();
    assertThat(u32(agf, 52)).isEqualTo(free);
    assertThat(u32(agf, 56)).isEqualTo(byLength.getLast().length());
    return free;
  }

  private long spares(long at, long start, ByteBuffer agf) throws IOException {
    ByteBuffer list = blocks.sealed(at + 3L * sector, sector, "XAFL", 32);
    long first = u32(agf, 40);
    long last = u32(agf, 44);
    for (int slot = 0; slot < (sector - 36) / 4; slot++) {
      long block = u32(list, 36 + 4 * slot);
      if (slot < first || slot > last) {
        assertThat(block).isEqualTo(NULL);
      } else {
        take(start + block, 1);
      }
    }
    assertThat(u32(agf, 48)).isEqualTo(last - first + 1);
    return u32(agf, 48);
  }

  private void inodes(int group, long start, ByteBuffer agi) throws IOException {
    ByteBuffer all = tree(group, start, u32(agi, 20), "IAB3", 16);
    ByteBuffer withFree = tree(group, start, u32(agi, 328), "FIB3", 16);
    List<ByteBuffer> expected = new ArrayList<>();
    long free = 0;
    for (int at = 0; at < all.limit(); at += 16) {
      free += chunk(start, all.slice(at, 16));
      if (all.getLong(at + 8) != 0) {
        expected.add(all.slice(at, 16));
      }
    }
    assertThat(u32(agi, 16)).isEqualTo(64L * all.limit() / 16);
    assertThat(u32(agi, 28)).isEqualTo(free);
    assertThat(withFree.limit()).isEqualTo(16 * expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(withFree.slice(16 * i, 16)).isEqualTo(expected.get(i));
    }
  }

  /// Free inodes of a chunk, each of which says so itself.
  private int chunk(long start, ByteBuffer chunk) throws IOException {
    long first = u32(chunk, 0);
    take(start + first / 8, 8);
    assertThat(u16(chunk, 4)).isZero();
    assertThat(chunk.get(6)).isEqualTo((byte) 64);
    long mask = chunk.getLong(8);
    assertThat((int) chunk.get(7)).isEqualTo(Long.bitCount(mask));
    for (int i = 0; i < 64; i++) {
      int number = Math.toIntExact(first + i);
      allocatedInodes.set(number);
      freeInodes.set(number, ((mask >>> i) & 1) != 0);
      assertThat(u16(inodeSlot(number), 2) == 0).isEqualTo(freeInodes.get(number));
    }
    return Long.bitCount(mask);
  }

  /// Records of a tree, which is one leaf.
  private ByteBuffer tree(int group, long start, long root, String magic, int recordSize)
      throws IOException {
    take(start + root, 1);
    ByteBuffer block = blocks.sealed((start + root) * BLOCK, BLOCK, magic, 52);
    assertThat(u16(block, 4)).isZero();
    assertThat(block.getLong(8)).isEqualTo(-1);
    assertThat(block.getLong(16)).isEqualTo((start + root) * 8);
    assertThat(ReadBlocks.bytes(block, 32, 16)).isEqualTo(uuid());
    assertThat(u32(block, 48)).isEqualTo(group);
    return block.slice(56, u16(block, 6) * recordSize);
  }

  private static List<Range> ranges(ByteBuffer records) {
    List<Range> ranges = new ArrayList<>();
    for (int at = 0; at < records.limit(); at += 8) {
      ranges.add(new Range(u32(records, at), u32(records, at + 4)));
    }
    return ranges;
  }
}
