package imageservice.formats.gpt;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.medium.Lba;
import imageservice.formats.medium.SectorSize;
import imageservice.formats.struct.Guid;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("tool")
final class GptToolTest {
  private static final Guid DISK = Guid.ofLabel("talos-image-disk");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {0, 2048, 20480})
  void sgdiskAcceptsADiskWithTheEntryArrayAnywhere(long skip) throws IOException {
    GptGeometry geometry = GptGeometry.disk(SectorSize.OF_512, 1246L * 2048, skip);
    GptTable table = GptTable.of(geometry, DISK, partitions(SectorSize.OF_512));
    Path disk = write(table, "disk");
    sgdiskVerifies(disk);
    assertThat(sgdisk("-i", "2", disk.toString()))
        .contains(
            "Partition GUID code: 21686148-6449-6E6F-744E-656564454649",
            "Partition unique GUID: A2A02FF5-D88D-8E6E-9C95-26B9B6C80BC3",
            "Attribute flags: 0000000000000004",
            "Partition name: 'BIOS'");
  }

  @Test
  void sgdiskAcceptsAnEmptyTable() throws IOException {
    GptGeometry geometry = GptGeometry.disk(SectorSize.OF_512, 8192, 0);
    sgdiskVerifies(write(GptTable.of(geometry, DISK, List.of()), "disk"));
  }

  @Test
  void sgdiskMakesTheSameTable() throws IOException {
    GptGeometry geometry =
        new GptGeometry(SectorSize.OF_512, 1246L * 2048, 128, new Lba(2), new Lba(34), 2048);
    GptTable table = GptTable.of(geometry, DISK, partitions(SectorSize.OF_512));
    Path theirs = folder.resolve("theirs");
    try (RandomAccessFile file = new RandomAccessFile(theirs.toFile(), "rw")) {
      file.setLength(geometry.sectors() * 512);
    }
    List<String> arguments = new ArrayList<>(List.of("-a", "2048", "-U", DISK.toString()));
    for (int i = 0; i < table.entries().size(); i++) {
      GptEntry entry = table.entries().get(i);
      int number = i + 1;
      arguments.addAll(
          List.of(
              "-n", number + ":" + entry.first().value() + ":" + entry.last().value(),
              "-t", number + ":" + entry.type(),
              "-u", number + ":" + entry.unique(),
              "-c", number + ":" + entry.name()));
    }
    arguments.addAll(List.of("-A", "2:set:2", theirs.toString()));
    sgdisk(arguments.toArray(String[]::new));
    // sgdisk gives the protective partition the addresses of a disk of 255 heads
    Mbr.Partition whole =
        Mbr.Partition.of(0, Mbr.GPT_PROTECTIVE, new Lba(1), geometry.sectors() - 1, 255, 63);
    byte[] mbr = new Mbr(0, List.of(whole)).toBytes(new byte[0]);
    Path ours = Medium.write(table.encode(mbr, nothing(table)), folder.resolve("ours"));
    assertThat(Files.mismatch(ours, theirs)).isEqualTo(-1);
  }

  @Test
  void sgdiskAcceptsATableInTheSystemAreaOfAVolume() throws IOException {
    GptGeometry geometry =
        new GptGeometry(SectorSize.OF_512, 144_024, 248, new Lba(2), new Lba(64), 1);
    assertThat(geometry.lastUsable()).isEqualTo(new Lba(143_960));
    GptTable table =
        new GptTable(
            geometry,
            DISK,
            List.of(
                new GptEntry(
                    Guid.BASIC_DATA,
                    Guid.ofLabel("1"),
                    new Lba(64),
                    new Lba(73_727),
                    GptEntry.REQUIRED | GptEntry.READ_ONLY,
                    "ISO9660"),
                new GptEntry(
                    Guid.EFI_SYSTEM,
                    Guid.ofLabel("2"),
                    new Lba(73_728),
                    new Lba(143_359),
                    0,
                    "Appended2")));
    assertThat(table.primary(protective(geometry)).length()).isEqualTo(32_768);
    Path disk = write(table, "volume");
    assertThat(sgdisk("-v", disk.toString()))
        .contains("No problems found")
        .doesNotContain("Problem:");
    assertThat(sgdisk("-i", "1", disk.toString())).contains("Attribute flags: 1000000000000001");
  }

  @Test
  void sfdiskReadsTheSameTable() throws IOException {
    GptGeometry geometry = GptGeometry.disk(SectorSize.OF_512, 1246L * 2048, 0);
    GptTable table = GptTable.of(geometry, DISK, partitions(SectorSize.OF_512));
    Path disk = write(table, "disk");
    Judge sfdisk = Judge.named("sfdisk");
    assertThat(sfdisk.run("--verify", disk.toString()).accepted().output())
        .contains("No errors detected.");
    String dump = sfdisk.run("--dump", disk.toString()).accepted().output();
    List<String> expected = new ArrayList<>();
    for (GptEntry entry : table.entries()) {
      expected.add(
          "start=%d,size=%d,type=%s,uuid=%s,name=\"%s\""
              .formatted(
                  entry.first().value(),
                  entry.sectors(),
                  entry.type().toString().toUpperCase(Locale.ROOT),
                  entry.unique().toString().toUpperCase(Locale.ROOT),
                  entry.name()));
    }
    assertThat(
            dump.lines()
                .filter(line -> line.startsWith(disk.toString()))
                .map(line -> line.replaceFirst("^\\S+ : ", "").replace(" ", ""))
                .map(line -> line.replaceFirst(",attrs=.*", "")))
        .containsExactlyElementsOf(expected);
    assertThat(dump)
        .contains(
            "label-id: " + DISK.toString().toUpperCase(Locale.ROOT),
            "attrs=\"LegacyBIOSBootable\"",
            "first-lba: 2048\n",
            "last-lba: " + geometry.lastUsable().value() + "\n");
  }

  @Test
  void partxReadsATableOfLargeSectors() throws IOException {
    SectorSize size = SectorSize.OF_4096;
    GptGeometry geometry = GptGeometry.disk(size, size.sectors(1246L << 20), 0);
    GptTable table = GptTable.of(geometry, DISK, partitions(size));
    Path disk = write(table, "disk");
    // partx counts in sectors of 512 bytes whatever the disk's own are
    String shown =
        Judge.named("partx")
            .run("--sector-size", "4096", "-o", "START,SECTORS,UUID,NAME", "-rg", disk.toString())
            .accepted()
            .output();
    assertThat(shown.lines())
        .containsExactlyElementsOf(
            table.entries().stream()
                .map(entry ->
                    "%d %d %s %s"
                        .formatted(
                            entry.first().value() * 8,
                            entry.sectors() * 8,
                            entry.unique(),
                            entry.name()))
                .toList());
  }

  @Test
  void sgdiskAcceptsRandomTables() throws IOException {
    for (long seed = 1; seed <= 25; seed++) {
      Random random = new Random(seed);
      long sectors = 4096L + random.nextInt(1 << 22);
      int count = 1 + random.nextInt(256);
      long array = 2L + random.nextInt(100);
      long alignment = 1L << random.nextInt(8);
      GptGeometry geometry =
          new GptGeometry(
              SectorSize.OF_512, sectors, count, new Lba(array), new Lba(array + 70), alignment);
      List<GptTable.NewPartition> wanted = new ArrayList<>();
      for (int i = Math.min(count, random.nextInt(12)); i > 0; i--) {
        Guid guid = new Guid(random.nextLong(), random.nextLong());
        String name = "Größe-" + "x".repeat(random.nextInt(30));
        wanted.add(
            new GptTable.NewPartition(
                Guid.LINUX_FILESYSTEM, guid, 1L + random.nextInt(100), random.nextLong(), name));
      }
      Path disk = write(GptTable.of(geometry, DISK, wanted), "random-" + seed);
      assertThat(sgdisk("-v", disk.toString()))
          .as("seed %d", seed)
          .contains("No problems found")
          .doesNotContain("Problem:");
      Files.delete(disk);
    }
  }

  private static List<GptTable.NewPartition> partitions(SectorSize size) {
    long mib = size.sectors(1 << 20);
    return List.of(
        wanted(Guid.EFI_SYSTEM, "EFI", 100 * mib, 0),
        wanted(Guid.BIOS_BOOT, "BIOS", mib, GptEntry.LEGACY_BIOS_BOOTABLE),
        wanted(Guid.LINUX_FILESYSTEM, "BOOT", 100 * mib, 0),
        wanted(Guid.LINUX_FILESYSTEM, "META", mib, 0));
  }

  private static GptTable.NewPartition wanted(
      Guid type, String label, long sectors, long attributes) {
    return new GptTable.NewPartition(type, Guid.ofLabel(label), sectors, attributes, label);
  }

  private static byte[] protective(GptGeometry geometry) {
    return Mbr.protective(geometry.last()).toBytes(new byte[0]);
  }

  private Path write(GptTable table, String name) throws IOException {
    Extents disk = table.encode(protective(table.geometry()), nothing(table));
    assertThat(disk.length())
        .isEqualTo(table.geometry().sectors() * table.geometry().sectorSize().bytes());
    return Medium.write(disk, folder.resolve(name));
  }

  private static List<Blob> nothing(GptTable table) {
    return table.entries().stream().map(entry -> Blob.of("")).toList();
  }

  private static void sgdiskVerifies(Path disk) {
    assertThat(sgdisk("-v", disk.toString()))
        .contains("No problems found")
        .doesNotContain("Caution", "Problem:");
  }

  private static String sgdisk(String... arguments) {
    return Judge.named("sgdisk").run(arguments).accepted().output();
  }
}
