package imageservice.formats.fat;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.medium.SectorSize;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("tool")
final class FatToolTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "FAT32, 512, 34",
    "FAT32, 512, 100",
    "FAT32, 512, 260",
    "FAT32, 512, 261",
    "FAT32, 512, 1101",
    "FAT32, 512, 2101",
    "FAT32, 4096, 100",
    "FAT32, 4096, 1101",
    "FAT32, 4096, 2101",
    "FAT16, 512, 16",
    "FAT16, 512, 100",
    "FAT16, 512, 200",
    "FAT16, 512, 500",
    "FAT12, 512, 1",
    "FAT12, 512, 4",
    "FAT12, 512, 8",
    "FAT12, 512, 16"
  })
  void mkfsMakesTheSameBootSector(FatType type, int sectorSize, long mib) throws IOException {
    Path theirs = folder.resolve("theirs");
    try (RandomAccessFile file = new RandomAccessFile(theirs.toFile(), "rw")) {
      file.setLength(mib << 20);
    }
    Judge.named("mkfs.fat")
        .run(
            "-F",
            Integer.toString(type.bits()),
            "-S",
            Integer.toString(sectorSize),
            "-n",
            "EFI",
            "--invariant",
            theirs.toString())
        .accepted();
    FatGeometry geometry = FatGeometry.disk(type, new SectorSize(sectorSize), mib << 20);
    Extents ours =
        FatLayout.of(geometry, FatJudges.VOLUME, new FatDirectory("", List.of())).encode();
    assertThat(fields(ours)).containsExactlyEntriesOf(fields(Blob.of(head(theirs))));
  }

  /// A disk with large sectors and GRUB alone has such a one. Its type is in its boot sector too.
  @Test
  void fsckReadsAFat32OfFewClustersAndWarns() throws IOException {
    FatGeometry geometry = FatGeometry.disk(FatType.FAT32, SectorSize.OF_4096, 100L * MIB);
    FatDirectory root =
        FatDirectory.ofPaths(Map.of("EFI/boot/a", new FatFile("a", random(5 * MIB), false)));
    Path image = folder.resolve("esp");
    Medium.write(FatLayout.of(geometry, FatJudges.VOLUME, root).encode(), image);
    Judge.Verdict verdict = Judge.named("fsck.fat").run("-n", "-v", image.toString()).accepted();
    assertThat(verdict.output()).contains("32 bit entries", "4 files, 1283/25518 clusters");
    assertThat(verdict.errors())
        .startsWith("Warning: Filesystem is FAT32 according to fat_length and fat32_length fields");
  }

  @Test
  void fsckAndMtoolsReadTheBootImageOfAVolume() throws IOException {
    FatDirectory root =
        FatDirectory.ofPaths(
            Map.of(
                "efi/boot/bootx64.efi", new FatFile("any", random(270_336), false),
                "efi/boot/bootaa64.efi", new FatFile("any", random(294_912), false)));
    FatGeometry geometry = FatGeometry.bootImage(root);
    assertThat(geometry)
        .isEqualTo(
            new FatGeometry(
                FatType.FAT12,
                SectorSize.OF_512,
                5760,
                new ClusterSize(2),
                1,
                9,
                240,
                0xF0,
                36,
                2,
                0));
    assertThat(geometry.clusters()).isEqualTo(2863);
    assertThat(geometry.sectorSize().offset(geometry.data())).isEqualTo(17_408);
    FatVolume volume = new FatVolume("mkfs.fat", 0x5CF2_ED3CL, "", 0x5CF2_ED3CL, FatJudges.EPOCH);
    Path image =
        FatJudges.accepted(
            FatLayout.of(geometry, volume, root).encode(), folder.resolve("efi.img"));
    FatJudges.assertHolds(root, image, folder.resolve("out"), "efi.img");
    assertThat(Judge.named("mdir").run("-/", "-b", "-i", image + "", "::").accepted().output())
        .contains("::/efi/boot/bootaa64.efi\n", "::/efi/boot/bootx64.efi\n");
    assertThat(Judge.named("file").run("-b", image.toString()).accepted().output())
        .contains("DOS/MBR boot sector", "OEM-ID \"mkfs.fat\"", "FAT (12 bit)");
  }

  @ParameterizedTest
  @CsvSource({"2900000, 2", "4300000, 4", "9000000, 8", "100000000, 64"})
  void theBootImageGrowsWithItsContents(int length, int clusterSize) throws IOException {
    FatDirectory root =
        FatDirectory.ofPaths(Map.of("a/b", new FatFile("any", zeros(length), false)));
    FatGeometry geometry = FatGeometry.bootImage(root);
    assertThat(geometry.clusterSize().sectors()).isEqualTo(clusterSize);
    FatJudges.accepted(
        FatLayout.of(geometry, FatJudges.VOLUME, root).encode(), folder.resolve("grown.img"));
  }

  @Test
  void aLargeFileSystemWithSmallContentsIsSmall() throws IOException {
    Map<String, FatFile> files = new LinkedHashMap<>();
    files.put("EFI/BOOT/BOOTX64.EFI", new FatFile("any", random(124_416), false));
    files.put("EFI/Linux/Talos-v1.13.2.efi", new FatFile("any", zeros(80 * MIB), false));
    files.put("loader/loader.conf", new FatFile("any", Blob.of("timeout 10\n"), false));
    files.put("loader/random-seed", new FatFile("any", Blob.of(new byte[32]), true));
    FatDirectory root = FatDirectory.ofPaths(files);
    FatGeometry geometry = FatGeometry.disk(FatType.FAT32, SectorSize.OF_512, 2101L * MIB);
    Extents medium = FatLayout.of(geometry, FatJudges.VOLUME, root).encode();
    long held = 0;
    for (Extent extent : medium.extents()) {
      held += extent instanceof Extent.Bytes bytes ? bytes.length() : 0;
    }
    assertThat(held).isLessThan(200_000);
    Path image = FatJudges.accepted(medium, folder.resolve("esp"));
    String list =
        Judge.named("mdir").run("-a", "-i", image.toString(), "::/loader").accepted().output();
    assertThat(list)
        .contains("Volume in drive : is EFI", "Volume Serial Number is 1234-ABCD")
        .contains("LOADER~1 CON        11 2019-06-01  21:34  loader.conf")
        .contains("RANDOM~1            32 2019-06-01  21:34  random-seed");
    assertThat(Judge.named("mattrib").run("-i", image + "", "::/loader/random-seed").output())
        .contains("A    R");
    assertThat(Judge.named("mtype").run("-i", image + "", "::/loader/loader.conf").output())
        .isEqualTo("timeout 10\n");
    assertThat(Judge.named("file").run("-b", image.toString()).accepted().output())
        .contains("FAT (32 bit)", "label: \"EFI        \"", "serial number 0x1234abcd");
  }

  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(4096);
    }
  }

  private static Map<String, String> fields(Blob medium) throws IOException {
    try (InputStream in = medium.open()) {
      return fields(ByteBuffer.wrap(in.readNBytes(512)).order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  /// Everything up to the boot code. A total of FAT32 is compared wherever it is written: mkfs.fat
  /// uses the 16-bit field for few sectors, which the overview forbids.
  private static Map<String, String> fields(ByteBuffer sector) {
    boolean fat32 = sector.getShort(22) == 0;
    Map<String, String> fields = new LinkedHashMap<>();
    long total = sector.getShort(19) & 0xFFFF;
    fields.put("total", "" + (total == 0 ? sector.getInt(32) & 0xFFFF_FFFFL : total));
    for (int at = 0; at < (fat32 ? 90 : 62); at++) {
      if (at < 19 || at == 21 || (at > 21 && at < 32) || at > 35) {
        fields.put("byte " + at, Integer.toHexString(sector.get(at) & 0xFF));
      }
    }
    return fields;
  }

  private static Blob zeros(long length) {
    return Extents.builder().zeros(length).build();
  }

  private static Blob random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Blob.of(bytes);
  }
}
