package imageservice.formats.fat;

import imageservice.formats.blob.Blob;
import imageservice.formats.medium.SectorSize;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("tool")
final class FatPropertyTest {
  private static final int ROUNDS = 8;

  @ParameterizedTest
  @EnumSource(FatType.class)
  void fsckAcceptsAndMtoolsExtractsRandomTrees(FatType type, @TempDir Path folder)
      throws IOException {
    for (long seed = 1; seed <= ROUNDS; seed++) {
      long mib =
          switch (type) {
            case FAT12 -> 2 + seed;
            case FAT16 -> 9 + 10 * seed;
            case FAT32 -> 34 + 30 * seed;
          };
      SectorSize size = new SectorSize(type == FatType.FAT32 ? 512 : 512 << seed % 3);
      FatGeometry geometry = FatGeometry.disk(type, size, mib << 20);
      FatDirectory root = new FatTrees(seed, 150, 9000).root();
      // the fixed root directory of FAT12 and FAT16 has too few entries for long names in masses
      FatDirectory within =
          type == FatType.FAT32
              ? root
              : new FatDirectory("", java.util.List.of(new FatDirectory("within", root.entries())));
      Blob medium = FatLayout.of(geometry, FatJudges.VOLUME, within).encode();
      Path image = FatJudges.accepted(medium, folder.resolve(type + "-" + seed));
      FatJudges.assertHolds(
          within, image, folder.resolve(type + "-" + seed + ".out"), type + ", seed " + seed);
    }
  }
}
