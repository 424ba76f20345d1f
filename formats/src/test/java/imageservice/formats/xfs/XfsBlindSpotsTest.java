package imageservice.formats.xfs;

import static imageservice.formats.xfs.ReadBlocks.NULL;
import static imageservice.formats.xfs.ReadBlocks.bytes;
import static imageservice.formats.xfs.ReadBlocks.u16;
import static imageservice.formats.xfs.ReadBlocks.u32;
import static imageservice.formats.xfs.ReadBlocks.u8;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What xfs_repair does not look at, and Linux or a person does. The reader of the tests checks
/// sizes of files, flags of extents and what lies behind the end of a file.
@ParameterizedClass
@CsvSource({"300, 512", "300, 4096", "1000, 512", "2000, 4096", "31744, 512"})
final class XfsBlindSpotsTest {
  private static final int BLOCK = 4096;

  private final int sector;
  private final ReadBlocks blocks;
  private final ByteBuffer superblock;

  XfsBlindSpotsTest(long mib, int sectorSize) throws IOException {
    Blob any = Blob.of("any");
    this.sector = sectorSize;
    this.blocks =
        new ReadBlocks(
            XfsLayout.of(Volumes.boot(mib, sectorSize), Volumes.bootFiles(any, any, any)).encode());
    this.superblock = blocks.at(0, sectorSize);
  }

  /// Linux refuses a log of less than 1,539 blocks; mkfs.xfs makes none of less than 1,566.
  @Test
  void theLogIsAsLongAsLinuxWants() {
    assertThat(u32(superblock, 96)).isEqualTo(16_384);
    assertThat(u32(superblock, 196)).as("log stripe unit").isEqualTo(sector == 512 ? 1 : 4096);
  }

  @Test
  void theLogBelongsToTheVolumeAndEndsWithAnUnmount() throws IOException {
    int length = Math.max(1024, sector);
    ByteBuffer log = blocks.at(logOffset(), 16 * BLOCK);
    assertThat(bytes(log, 304, 16)).as("UUID").isEqualTo(bytes(superblock, 32, 16));
    assertThat(u32(log, 8)).as("version").isEqualTo(2);
    assertThat(u32(log, 12)).as("payload").isEqualTo(length - 512);
    assertThat(log.getLong(16)).as("own LSN").isEqualTo(1L << 32);
    assertThat(log.getLong(24)).as("tail LSN").isEqualTo(1L << 32);
    assertThat(u32(log, 32)).as("checksum").isZero();
    assertThat(u32(log, 36)).as("previous block").isEqualTo(NULL);
    assertThat(u32(log, 44)).as("saved word").isEqualTo(0xB0C0_D0D0L);
    assertThat(u32(log, 300)).as("format").isEqualTo(1);
    assertThat(u32(log, 320)).as("buffer size").isEqualTo(0x8000);
    for (int at = 512; at < length; at += 512) {
      assertThat(u32(log, at)).as("cycle at %d", at).isEqualTo(1);
    }
    assertThat(bytes(log, 520, 12))
        .isEqualTo(new byte[] {(byte) 0xAA, 0x20, 0, 0, 0x6E, 0x55, 0, 0, 0, 0, 0, 0});
    assertThat(bytes(log, length, 16 * BLOCK - length)).containsOnly(0);
  }

  @Test
  void superblocksAreAlikeAndSayTheirFeaturesTwice() throws IOException {
    long group = u32(superblock, 84) * BLOCK;
    for (int i = 1; i < 4; i++) {
      assertThat(blocks.at(i * group, sector)).isEqualTo(superblock);
    }
    assertThat(u32(superblock, 204)).isEqualTo(u32(superblock, 200)).isEqualTo(0x18A);
    assertThat(u8(superblock, 127)).as("share of inodes").isEqualTo(25);
    assertThat(superblock.getLong(240)).as("LSN").isZero();
  }

  @Test
  void theNewestInodesAreNamed() throws IOException {
    assertThat(u32(blocks.at(2L * sector, sector), 32)).isEqualTo(superblock.getLong(56));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void inodesSayHowTheirTimesAreMeant(int index) throws IOException {
    ByteBuffer inode = blocks.at((superblock.getLong(56) + index) * 512, 512);
    assertThat(inode.getLong(120)).as("bigtime").isEqualTo(8);
    for (int time : new int[] {32, 40, 48, 144}) {
      assertThat(inode.getLong(time)).isEqualTo(0x3565_01FE_362A_0000L);
    }
    assertThat(u16(inode, 90)).as("flags").isEqualTo(index == 1 ? 4 : 0);
    assertThat(inode.getLong(112)).as("LSN").isZero();
  }

  private long logOffset() {
    long block = superblock.getLong(48);
    int bits = u8(superblock, 124);
    return ((block >>> bits) * u32(superblock, 84) + (block & ((1L << bits) - 1))) * BLOCK;
  }
}
