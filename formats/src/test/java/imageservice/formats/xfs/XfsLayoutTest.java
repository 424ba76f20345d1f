package imageservice.formats.xfs;

import static imageservice.formats.xfs.Volumes.directory;
import static imageservice.formats.xfs.Volumes.file;
import static imageservice.formats.xfs.Volumes.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.medium.SectorSize;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class XfsLayoutTest {
  private static final long MIB = 1 << 20;
  private static final XfsVolume VOLUME = Volumes.boot(1000, 512);

  @Test
  void contentsLieInTheFirstGroupThatHoldsAllOfThem() throws IOException {
    List<XfsEntry> entries =
        List.of(
            directory(""),
            file("a", zeros(200 * MIB)),
            file("b", zeros(200 * MIB)),
            file("c", zeros(40 * MIB)),
            file("d", zeros(210 * MIB)));
    assertThat(runs(entries, "a")).containsExactly(new ReadTree.Run(0, 24, 51_200));
    assertThat(runs(entries, "b")).containsExactly(new ReadTree.Run(0, 64_010, 51_200));
    assertThat(runs(entries, "c")).containsExactly(new ReadTree.Run(0, 51_224, 10_240));
    assertThat(runs(entries, "d")).containsExactly(new ReadTree.Run(0, 192_010, 53_760));
  }

  @Test
  void whatNoGroupHoldsAloneTakesFromEachInTurn() throws IOException {
    List<XfsEntry> entries = List.of(directory(""), file("a", zeros(400 * MIB)));
    assertThat(runs(entries, "a"))
        .containsExactly(new ReadTree.Run(0, 24, 63_527), new ReadTree.Run(63_527, 64_010, 38_873));
  }

  @Test
  void aVolumeIsAsCheapAsItsContents() {
    List<XfsEntry> entries = Volumes.bootFiles(Blob.of("k"), Blob.of("i"), Blob.of("c"));
    for (long mib : new long[] {300, 1000, 31 * 1024}) {
      List<Extent> medium = XfsLayout.of(Volumes.boot(mib, 512), entries).encode().extents();
      assertThat(medium).hasSizeLessThan(60);
      assertThat(bytes(medium)).as("%d MiB", mib).isEqualTo(123_907);
    }
  }

  @Test
  void contentsAreNotReadAndNotCopied() {
    Blob unreadable =
        new Blob() {
          @Override
          public long length() {
            return 100 * MIB;
          }

          @Override
          public InputStream open(long offset, long length) {
            throw new AssertionError("read");
          }
        };
    Extents medium = XfsLayout.of(VOLUME, List.of(directory(""), file("a", unreadable))).encode();
    assertThat(medium.extents()).contains(new Extent.Slice(unreadable, 0, 100 * MIB));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertRefused(
        List.of(directory(""), file("a", zeros(500 * MIB)), file("b", zeros(430 * MIB))),
        "the contents need 238080 blocks of 4096 bytes, a volume of 1048576000 bytes has 237879 for"
            + " them");
    List<XfsEntry> crowd = new ArrayList<>(List.of(directory(""), directory("dtb")));
    for (int i = 100; i < 266; i++) {
      crowd.add(file("dtb/" + i, zeros(0)));
    }
    assertRefused(
        crowd,
        "directory \"dtb\": its 166 names do not fit one block of 4096 bytes, which is all that"
            + " this writer makes");
    assertRefused(Volumes.many(16_127), "16127 files and directories, this writer holds 16126");
  }

  @Test
  void refusesEntriesThatMakeNoTree() {
    assertRefused(List.of(), "the root directory is missing");
    assertRefused(
        List.of(directory(""), file("a/b", zeros(0))), "entry a/b: its directory is missing");
    assertRefused(
        List.of(directory(""), file("a", zeros(0)), file("a/b", zeros(0))),
        "entry a/b: its directory is missing");
    assertRefused(
        List.of(directory(""), file("a", zeros(0)), directory("a")), "entry a: is there twice");
  }

  @Test
  void refusesNamesThatLinuxCannotReach() {
    for (String path : List.of("", "/a", "a/", "a//b", ".", "a/..", "./a")) {
      assertThatThrownBy(() -> file(path, zeros(0)))
          .hasMessage("path " + path + ": is not a plain relative path");
    }
    assertThatThrownBy(() -> directory("a\0b")).hasMessageEndingWith("contains a NUL");
    assertThatThrownBy(() -> directory("\uD800")).hasMessageEndingWith("is not Unicode");
    String name = "ß".repeat(128);
    assertThatThrownBy(() -> directory(name))
        .hasMessage("path " + name + ": has a name of 256 bytes, XFS holds 255");
    assertThatThrownBy(() -> new XfsEntry.Directory("a", 010000))
        .hasMessage("path a: has permissions 10000");
  }

  @Test
  void refusesVolumesThatNoJudgeWouldAccept() {
    assertThatThrownBy(() -> Volumes.boot(299, 512))
        .hasMessage(
            "a volume of 313524224 bytes, XFS is written in blocks of 4096 from 314572800 to"
                + " 33285996544 bytes");
    assertThatThrownBy(() -> Volumes.boot(31 * 1024 + 1, 512)).hasMessageContaining("33287045120");
    assertThatThrownBy(() -> volume("BOOT", Volumes.BOOT, 0, (300 * MIB) + 512, 512))
        .hasMessageContaining("314573312");
    assertThatThrownBy(() -> Volumes.boot(300, 2048))
        .hasMessage("sectors of 2048 bytes, XFS is written for 512 and 4096");
    assertThatThrownBy(() -> volume("THIRTEEN-CHAR", Volumes.BOOT, 0, 300 * MIB, 512))
        .hasMessage("not a label of XFS: \"THIRTEEN-CHAR\"");
    assertThatThrownBy(() -> volume("BOOT", new UUID(0, 0), 0, 300 * MIB, 512))
        .hasMessage("a UUID of zeros, which Linux does not mount");
    assertThatThrownBy(() -> volume("BOOT", Volumes.BOOT, -1, 300 * MIB, 512))
        .hasMessage("epoch second -1");
    assertThatThrownBy(() -> volume("BOOT", Volumes.BOOT, 16_299_260_425L, 300 * MIB, 512))
        .hasMessage("epoch second 16299260425");
  }

  private static XfsVolume volume(
      String label, UUID uuid, long epochSeconds, long length, int sectorSize) {
    return new XfsVolume(label, uuid, epochSeconds, length, new SectorSize(sectorSize));
  }

  private static List<ReadTree.Run> runs(List<XfsEntry> entries, String path) throws IOException {
    Extents medium = XfsLayout.of(VOLUME, entries).encode();
    return Objects.requireNonNull(ReadVolume.of(medium).found().get(path)).runs();
  }

  private static void assertRefused(List<XfsEntry> entries, String message) {
    assertThatThrownBy(() -> XfsLayout.of(VOLUME, entries))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  /// But for zeros.
  private static long bytes(List<Extent> medium) {
    return medium.stream()
        .filter(extent -> !(extent instanceof Extent.Zero))
        .mapToLong(Extent::length)
        .sum();
  }
}
