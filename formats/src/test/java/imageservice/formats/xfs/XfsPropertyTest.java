package imageservice.formats.xfs;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.medium.SectorSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("tool")
final class XfsPropertyTest {
  private static final int ENTRIES = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void repairAcceptsAndGrubReadsRandomTrees(long seed, @TempDir Path folder) throws IOException {
    List<XfsEntry> entries = new XfsTrees(seed, ENTRIES).entries();
    XfsVolume volume = volume(new Random(seed));
    Blob medium = XfsLayout.of(volume, entries).encode();
    assertThat(medium.length()).isEqualTo(volume.length());
    Path image = XfsJudges.accepted(medium, folder.resolve("xfs-" + seed));
    XfsJudges.assertHolds(entries, medium, "seed " + seed);
    XfsJudges.assertGrubReads(entries, image, folder.resolve("expected"));
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void theOrderOfEntriesChangesNothing(long seed) {
    List<XfsEntry> entries = new ArrayList<>(new XfsTrees(seed, ENTRIES).entries());
    XfsVolume volume = volume(new Random(seed));
    List<Extent> first = XfsLayout.of(volume, entries).encode().extents();
    Collections.shuffle(entries, new Random(seed));
    assertThat(XfsLayout.of(volume, entries).encode().extents()).isEqualTo(first);
  }

  /// Of 300 MiB to 3 GiB, most with groups that are not alike.
  private static XfsVolume volume(Random random) {
    long blocks = (300L << 20) / Geometry.BLOCK + random.nextInt(700_000);
    return new XfsVolume(
        "random",
        new UUID(random.nextLong(), random.nextLong()),
        random.nextLong(1L << 33),
        blocks * Geometry.BLOCK,
        random.nextBoolean() ? SectorSize.OF_512 : SectorSize.OF_4096);
  }
}
