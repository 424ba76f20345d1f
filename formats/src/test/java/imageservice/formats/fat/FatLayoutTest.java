package imageservice.formats.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.formats.medium.SectorSize;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FatLayoutTest {
  private static final int MIB = 1 << 20;

  /// Facts of published disk images.
  @ParameterizedTest
  @CsvSource({
    "512,  100,  204800,  1, 1576, 1630208, 201616",
    "512,  1101, 2254833, 8, 2200, 2269184, 281300",
    "512,  2101, 4302837, 8, 4200, 4317184, 536800",
    "4096, 100,  25600,   1, 25,   335872,  25518",
    "4096, 1101, 281856,  1, 275,  2383872, 281274",
    "4096, 2101, 537831,  8, 72,   720896,  67206"
  })
  void dividesDisksAsPublishedImagesAre(
      int size, long mib, long sectors, int cluster, long fat, long data, long clusters) {
    FatGeometry geometry = FatGeometry.disk(FatType.FAT32, new SectorSize(size), mib * MIB);
    assertThat(geometry.sectors()).isEqualTo(sectors);
    assertThat(geometry.clusterSize().sectors()).isEqualTo(cluster);
    assertThat(geometry.fatSectors()).isEqualTo(fat);
    assertThat(geometry.sectorSize().offset(geometry.data())).isEqualTo(data);
    assertThat(geometry.clusters()).isEqualTo(clusters);
  }

  @Test
  void refusesClusterCountsOfAnotherType() {
    assertThatThrownBy(() ->
            FatGeometry.disk(FatType.FAT32, SectorSize.OF_4096, 200L * MIB, new ClusterSize(2)))
        .hasMessage(
            "25558 clusters in FAT32, readers expect 65525 to 268435445 and would take this for"
                + " FAT16");
    assertThatThrownBy(
            () -> FatGeometry.disk(FatType.FAT12, SectorSize.OF_512, 10L * MIB, new ClusterSize(1)))
        .hasMessageEndingWith("in FAT12, readers expect 1 to 4084 and would take this for FAT16");
  }

  @Test
  void namesEntriesAsWindowsDoes() {
    List<FatEntry> entries =
        List.of(
            file("BOOTX64.efi"),
            file("bootx64.con"),
            file("EFI"),
            file("Linux"),
            file("Talos-v1.13.2.efi"),
            file("Talos-v1.13.3.efi"),
            file("TALOS-~2.EFI"),
            file("loader.conf"),
            file(".disk"),
            file("Größe"),
            file("a b"),
            file("a.b.c"));
    assertThat(Naming.of(entries).stream().map(FatLayoutTest::text))
        .containsExactly(
            "BOOTX64 EFI 10",
            "BOOTX64 CON 18",
            "EFI 0",
            "LINUX 0 long",
            "TALOS-~1EFI 0 long",
            "TALOS-~3EFI 0 long",
            "TALOS-~2EFI 0",
            "LOADER~1CON 0 long",
            "DISK~1 0 long",
            "GR__E~1 0 long",
            "AB~1 0 long",
            "AB~1    C 0 long");
  }

  @Test
  void tiesLongNamesToTheirShortName() {
    // the example of the FAT overview, "The quick brown.fox"
    ShortName name = new ShortName("THEQUI~1", "FOX");
    assertThat(ShortName.basis("The quick brown.fox").numbered(1)).isEqualTo(name);
    assertThat(name.checksum()).isEqualTo(0x07);
  }

  @Test
  void refusesNamesThatReadersWouldNotGiveBack() {
    for (String name : List.of("a/b", "a:b", "a.", "a ", " a", "a\u0001", "x".repeat(256), "..")) {
      assertThatThrownBy(() -> file(name)).hasMessage("not a FAT file name: \"" + name + "\"");
    }
    assertThatThrownBy(() -> new FatDirectory("", List.of(file("readme"), file("README"))))
        .hasMessage("\"README\" and \"readme\" in \"\" are one name to FAT");
    assertThatThrownBy(() -> new FatDirectory("", List.of(file("größe"), file("GRÖßE"))))
        .hasMessageEndingWith("are one name to FAT");
  }

  @Test
  void refusesWhatDoesNotFit() {
    FatGeometry geometry = FatGeometry.disk(FatType.FAT12, SectorSize.OF_512, MIB);
    FatFile large = new FatFile("a", Blob.of(new byte[MIB]));
    assertThatThrownBy(
            () -> FatLayout.of(geometry, FatJudges.VOLUME, new FatDirectory("", List.of(large))))
        .hasMessage("the contents need 512 clusters of 2048 bytes, there are 502");
    assertThatThrownBy(() -> new FatVolume("mkfs.fat", 0, "efi", 1L << 30, 1L << 30))
        .hasMessage("not a volume label: \"efi\"");
  }

  @Test
  void packsDatesAsTheFieldsHoldThem() {
    assertThat(FatDate.of(1_559_424_893L)).isEqualTo(new FatDate(0x4EC1, 0xAC5A, 100));
    assertThatThrownBy(() -> FatDate.of(Long.MAX_VALUE)).hasMessageEndingWith("1980 to 2107");
    assertThatThrownBy(() -> FatDate.of(0))
        .hasMessage("epoch second 0 is not in the years 1980 to 2107");
  }

  @Test
  void packsTwelveBitEntries() {
    FatTable table = new FatTable(FatType.FAT12, 0xF0, 4);
    assertThat(table.allocate(3)).isEqualTo(2);
    assertThat(table.allocate(0)).isZero();
    assertThat(table.allocate(1)).isEqualTo(5);
    assertThat(table.toBytes())
        .containsExactly(0xF0, 0xFF, 0xFF, 0x03, 0x40, 0x00, 0xFF, 0xFF, 0xFF);
    assertThat(table.lastAllocated()).isEqualTo(5);
  }

  private static String text(Naming naming) {
    return naming.shortName().padded().strip()
        + " "
        + Integer.toHexString(naming.caseBits())
        + (naming.hasLongName() ? " long" : "");
  }

  private static FatFile file(String name) {
    return new FatFile(name, Blob.of(""));
  }
}
