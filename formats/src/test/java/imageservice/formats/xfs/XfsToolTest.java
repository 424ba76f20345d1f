package imageservice.formats.xfs;

import static imageservice.formats.xfs.Volumes.directory;
import static imageservice.formats.xfs.Volumes.file;
import static imageservice.formats.xfs.Volumes.random;
import static imageservice.formats.xfs.Volumes.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.blob.FileBlob;
import imageservice.formats.testing.Judge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("tool")
final class XfsToolTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1000, 512", "1000, 4096", "2000, 512", "2000, 4096"})
  void everyJudgeReadsWhatGrubBootsFrom(long mib, int sectorSize) throws IOException {
    List<XfsEntry> entries =
        Volumes.bootFiles(random(9_000_001), random(12_345_678), Blob.of("set timeout=3\n"));
    Extents medium = XfsLayout.of(Volumes.boot(mib, sectorSize), entries).encode();
    Path image = XfsJudges.accepted(medium, folder.resolve("boot"));
    XfsJudges.assertHolds(entries, medium, "boot");
    XfsJudges.assertGrubReads(entries, image, folder.resolve("expected"));
    assertThat(XfsJudges.shown(image, "version", "label", "uuid"))
        .contains("label = \"BOOT\"", "UUID = " + Volumes.BOOT, "V5,NLINK,DIRV2,ALIGN,LOGV2,EXTFLG")
        .contains("FTYPE,FINOBT,SPARSE_INODES,REFLINK,INOBTCNT,BIGTIME\n");
    String initramfs =
        XfsJudges.shown(image, "path /A/initramfs.xz", "print", "bmap", "fsblock 24", "daddr");
    assertThat(initramfs)
        .contains("core.mode = 0100644", "core.size = 12345678", "core.nblocks = 3015")
        .contains("v3.crtime.sec = Tue Nov 14 22:13:20 2023", "v3.inumber = 133")
        .contains("data offset 0 startblock 24 (0/24) count 3015 flag 0", "current daddr is 192");
    String probed =
        Judge.named("blkid").run("-p", "-o", "export", image.toString()).accepted().output();
    assertThat(probed.lines())
        .contains("LABEL=BOOT", "UUID=" + Volumes.BOOT, "TYPE=xfs", "BLOCK_SIZE=" + sectorSize);
  }

  @ParameterizedTest
  @CsvSource({
    "300, 512",
    "300, 4096",
    "301, 512",
    "999, 512",
    "1000, 512",
    "1000, 4096",
    "2000, 512",
    "2000, 4096",
    "5000, 512",
    "31744, 4096"
  })
  void mkfsMakesTheSameStructures(long mib, int sectorSize) throws IOException {
    Path theirs = folder.resolve("theirs");
    XfsJudges.make(theirs, mib, sectorSize);
    List<XfsEntry> nothing = List.of(directory(""));
    Extents ours = XfsLayout.of(Volumes.boot(mib, sectorSize), nothing).encode();
    Map<String, String> expected = XfsStructures.of(new FileBlob(theirs));
    assertThat(XfsStructures.of(ours)).containsExactlyEntriesOf(expected);
  }

  /// In the inode, up to its last byte and one more; then a block with 56 bytes free, 16, 8, none.
  @ParameterizedTest
  @CsvSource({
    "D/, 0, 1",
    "D/, 1, 255",
    "D/, 11, 22",
    "D/, 12, 22",
    "D/, 33, 2",
    "'', 50, 20",
    "D/, 14, 255",
    "D/, 99, 20",
    "D/, 62, 40",
    "D/, 71, 36"
  })
  void repairAcceptsDirectoriesUpToAFullBlock(String path, int names, int length)
      throws IOException {
    List<XfsEntry> entries = new ArrayList<>(List.of(directory(""), directory("D")));
    for (int i = 0; i < names; i++) {
      String name = i + "x".repeat(length - Integer.toString(i).length());
      entries.add(file(path + name, random(i)));
    }
    Extents medium = XfsLayout.of(Volumes.boot(1000, 512), entries).encode();
    Path image = XfsJudges.accepted(medium, folder.resolve("full"));
    XfsJudges.assertHolds(entries, medium, names + " names");
    XfsJudges.assertGrubReads(entries, image, folder.resolve("expected"));
  }

  /// Two inodes belong to no entry; 252 chunks of 64 are the most.
  @ParameterizedTest
  @CsvSource({"61, 512", "62, 512", "63, 4096", "126, 512", "127, 4096", "16126, 4096"})
  void repairAcceptsChunksOfInodesThatAreFullAndNot(int count, int sectorSize) throws IOException {
    List<XfsEntry> entries = Volumes.many(count);
    Extents medium = XfsLayout.of(Volumes.boot(300, sectorSize), entries).encode();
    Path image = XfsJudges.accepted(medium, folder.resolve("chunks"));
    assertThat(XfsJudges.shown(image, "sb 0", "print ifree"))
        .isEqualTo("ifree = %d\n".formatted(Math.floorMod(-2 - count, 64)));
  }

  @Test
  void grubReadsAFileThatNoGroupHoldsAlone() throws IOException {
    Blob noise = random(70 * MIB);
    List<XfsEntry> entries = List.of(directory(""), file("large", noise), file("last", noise));
    Extents medium = XfsLayout.of(Volumes.boot(300, 4096), entries).encode();
    Path image = XfsJudges.accepted(medium, folder.resolve("split"));
    XfsJudges.assertHolds(entries, medium, "split");
    XfsJudges.assertGrubReads(entries, image, folder.resolve("expected"));
    assertThat(XfsJudges.shown(image, "path /last", "print core.nextents"))
        .contains("core.nextents = 1");
  }

  @ParameterizedTest
  @CsvSource({"1000, 512, 929", "2000, 512, 1922", "2000, 4096, 1922"})
  void repairAcceptsTheLargestFiles(long mib, int sectorSize, long file) throws IOException {
    List<XfsEntry> entries = List.of(directory(""), file("large", zeros(file * MIB)));
    Extents medium = XfsLayout.of(Volumes.boot(mib, sectorSize), entries).encode();
    Path image = XfsJudges.accepted(medium, folder.resolve("large"));
    assertThat(XfsJudges.shown(image, "path /large", "print core.nextents core.size"))
        .contains("core.nextents = 4", "core.size = " + file * MIB);
  }
}
