package imageservice.formats.xfs;

import static imageservice.formats.xfs.ReadBlocks.BLOCK;
import static imageservice.formats.xfs.ReadBlocks.u16;
import static imageservice.formats.xfs.ReadBlocks.u32;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// The structures of a volume without files, by their names, but for what two writers may do each
/// in its way: the log's place, times, and what backups of the superblock count.
final class XfsStructures {
  private static final int SUPERBLOCK_LOG = 48;
  private static final int SUPERBLOCK_CHECKSUM = 224;

  private final ReadBlocks blocks;
  private final Map<String, String> structures = new LinkedHashMap<>();

  private XfsStructures(Blob image) {
    this.blocks = new ReadBlocks(image);
  }

  static Map<String, String> of(Blob image) throws IOException {
    XfsStructures volume = new XfsStructures(image);
    ByteBuffer superblock = volume.blocks.at(0, 512);
    int sector = u16(superblock, 102);
    long group = u32(superblock, 84) * BLOCK;
    int head = Math.ceilDiv(4 * sector, BLOCK) * BLOCK;
    for (int i : new int[] {0, 1, 3}) {
      volume.add("headers of group " + i, i * group + sector, 3 * sector);
      volume.add("trees of group " + i, i * group + head, 5 * BLOCK);
    }
    volume.add("inodes of the log's group", 2 * group + 2L * sector, sector);
    volume.add("their trees", 2 * group + head + 2 * BLOCK, 3 * BLOCK);
    volume.addSuperblock(sector);
    volume.addInodes(superblock.getLong(56));
    long log = superblock.getLong(SUPERBLOCK_LOG) & ((1L << superblock.get(124)) - 1);
    volume.add("log", 2 * group + log * BLOCK, 16 * BLOCK);
    return volume.structures;
  }

  private void addSuperblock(int sector) throws IOException {
    ByteBuffer superblock = blocks.at(0, sector);
    superblock.putLong(SUPERBLOCK_LOG, 0).putInt(SUPERBLOCK_CHECKSUM, 0);
    add("superblock", superblock);
  }

  private void addInodes(long root) throws IOException {
    for (int i = 0; i < 64; i++) {
      ByteBuffer inode = blocks.at((root + i) * 512, 512);
      for (int time : new int[] {32, 40, 48, 144}) {
        inode.putLong(time, 0);
      }
      inode.putInt(92, 0).putInt(100, 0).putLong(104, 0); // generation, checksum, change count
      add("inode " + i, inode);
    }
  }

  private void add(String name, long offset, int length) throws IOException {
    add(name, blocks.at(offset, length));
  }

  private void add(String name, ByteBuffer content) {
    structures.put(name, HexFormat.of().formatHex(ReadBlocks.bytes(content, 0, content.limit())));
  }
}
