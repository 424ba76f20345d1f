package imageservice.formats.xfs;

import static imageservice.formats.xfs.ReadBlocks.BLOCK;
import static imageservice.formats.xfs.ReadBlocks.bytes;
import static imageservice.formats.xfs.ReadBlocks.u16;
import static imageservice.formats.xfs.ReadBlocks.u32;
import static imageservice.formats.xfs.ReadBlocks.u8;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The directories and files of a volume, as a reader for tests finds them.
final class ReadTree {
  /// @param start block from the start of the volume
  record Run(long offset, long start, long length) {}

  /// @param content empty for a directory
  record Found(long inode, int mode, List<Run> runs, Blob content) {}

  private record Name(String name, int type, long inode) {}

  private final ReadVolume volume;
  private final Map<String, Found> found = new TreeMap<>();

  ReadTree(ReadVolume volume, long root) throws IOException {
    this.volume = volume;
    directory("", root, root);
    Set<Long> named = new HashSet<>(Set.of(root + 1, root + 2)); // of the realtime device
    found.values().forEach(entry -> named.add(entry.inode()));
    assertThat(volume.usedInodes()).containsExactlyInAnyOrderElementsOf(named);
  }

  /// By paths.
  Map<String, Found> found() {
    return found;
  }

  private void directory(String path, long number, long parent) throws IOException {
    ByteBuffer inode = volume.inode(number);
    List<Run> runs = runs(inode);
    List<Name> names =
        u8(inode, 5) == 1
            ? shortForm(inode, parent)
            : blockForm(number, parent, runs.getFirst().start());
    found.put(path, new Found(number, u16(inode, 2), runs, Blob.of("")));
    assertThat(u32(inode, 16))
        .as("links of \"%s\"", path)
        .isEqualTo(2 + names.stream().filter(name -> name.type() == 2).count());
    for (Name name : names) {
      String inner = path.isEmpty() ? name.name() : path + "/" + name.name();
      if (name.type() == 2) {
        directory(inner, name.inode(), number);
      } else {
        file(inner, name.inode());
      }
    }
  }

  private void file(String path, long number) throws IOException {
    ByteBuffer inode = volume.inode(number);
    assertThat(u8(inode, 5)).isEqualTo(2);
    assertThat(u32(inode, 16)).isEqualTo(1);
    List<Run> runs = runs(inode);
    Extents.Builder blocks = Extents.builder();
    for (Run run : runs) {
      assertThat(run.offset() * BLOCK).isEqualTo(blocks.position());
      blocks.add(Blob.slice(volume.blocks().image(), run.start() * BLOCK, run.length() * BLOCK));
    }
    Extents all = blocks.build();
    long size = inode.getLong(56);
    assertThat(Math.ceilDiv(size, BLOCK) * BLOCK).as("size of %s", path).isEqualTo(all.length());
    byte[] tail = Extents.of(all.range(size, all.length() - size)).bytes(BLOCK);
    assertThat(tail).as("behind the end of %s", path).isEqualTo(new byte[tail.length]);
    found.put(path, new Found(number, u16(inode, 2), runs, Extents.of(all.range(0, size))));
  }

  private List<Run> runs(ByteBuffer inode) {
    List<Run> runs = new ArrayList<>();
    long blocks = 0;
    for (int i = 0; i < u32(inode, 76); i++) {
      long high = inode.getLong(176 + 16 * i);
      long low = inode.getLong(184 + 16 * i);
      assertThat(high).as("the bit of blocks never written").isNotNegative();
      long length = low & ((1 << 21) - 1);
      long start = volume.blockOf(((high & 511) << 43) | (low >>> 21));
      volume.take(start, length);
      runs.add(new Run(high >>> 9, start, length));
      blocks += length;
    }
    assertThat(inode.getLong(64)).isEqualTo(blocks);
    return runs;
  }

  private static List<Name> shortForm(ByteBuffer inode, long parent) {
    List<Name> names = new ArrayList<>();
    assertThat(u32(inode, 178)).as("parent").isEqualTo(parent);
    int at = 182;
    int before = 0;
    for (int i = 0; i < u8(inode, 176); i++) {
      int length = u8(inode, at);
      assertThat(u16(inode, at + 1)).isGreaterThan(before);
      before = u16(inode, at + 1);
      int end = at + 3 + length;
      names.add(name(bytes(inode, at + 3, length), u8(inode, end), u32(inode, end + 1)));
      at = end + 5;
    }
    assertThat(inode.getLong(56)).isEqualTo(at - 176);
    return names;
  }

  private List<Name> blockForm(long own, long parent, long start) throws IOException {
    ByteBuffer block = volume.blocks().sealed(start * BLOCK, BLOCK, "XDB3", 4);
    assertThat(block.getLong(8)).isEqualTo(start * 8);
    assertThat(bytes(block, 24, 16)).isEqualTo(volume.uuid());
    assertThat(block.getLong(40)).isEqualTo(own);
    int count = Math.toIntExact(u32(block, 4088));
    int leaves = BLOCK - 8 - 8 * count;
    List<Name> names = new ArrayList<>();
    Set<Integer> places = new HashSet<>();
    int at = 64;
    while (at < leaves && u16(block, at) != 0xFFFF) {
      int length = u8(block, at + 8);
      int end = at + Math.ceilDiv(12 + length, 8) * 8;
      assertThat(u16(block, end - 2)).isEqualTo(at);
      names.add(name(bytes(block, at + 9, length), u8(block, at + 9 + length), block.getLong(at)));
      places.add(at);
      at = end;
    }
    assertThat(u16(block, 50)).as("free bytes").isEqualTo(leaves - at);
    assertThat(names.subList(0, 2))
        .containsExactly(new Name(".", 2, own), new Name("..", 2, parent));
    leaves(block, leaves, places);
    return names.subList(2, names.size());
  }

  private static void leaves(ByteBuffer block, int start, Set<Integer> places) {
    Set<Integer> seen = new HashSet<>();
    long before = 0;
    for (int at = start; at < BLOCK - 8; at += 8) {
      assertThat(u32(block, at)).isGreaterThanOrEqualTo(before);
      before = u32(block, at);
      seen.add(block.getInt(at + 4) * 8);
    }
    assertThat(seen).isEqualTo(places);
  }

  private static Name name(byte[] bytes, int type, long inode) {
    return new Name(new String(bytes, StandardCharsets.UTF_8), type, inode);
  }
}
