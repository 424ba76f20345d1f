package imageservice.formats.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.formats.medium.Lba;
import imageservice.formats.medium.SectorSize;
import imageservice.formats.struct.Guid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GptTableTest {
  private static final Guid DISK = Guid.ofLabel("talos-image-disk");
  private static final long MIB = 2048;

  /// Partition tables of published disk images of 4247 and 1246 MiB.
  @Test
  void placesPartitionsAsPublishedImagesDo() {
    GptTable dual =
        GptTable.of(
            GptGeometry.disk(SectorSize.OF_512, 4247 * MIB, 0),
            DISK,
            List.of(
                wanted("EFI", 2101 * MIB),
                wanted("BIOS", MIB),
                wanted("BOOT", 2000 * MIB),
                wanted("META", MIB)));
    assertThat(ranges(dual))
        .containsExactly("2048-4304895", "4304896-4306943", "4306944-8402943", "8402944-8404991");
    assertThat(dual.geometry().lastUsable()).isEqualTo(new Lba(8_697_822));
    GptTable old =
        GptTable.of(
            GptGeometry.disk(SectorSize.OF_512, 1246 * MIB, 0),
            DISK,
            List.of(
                wanted("EFI", 1101 * MIB),
                wanted("META", MIB),
                wanted("STATE", 100 * MIB),
                wanted("EPHEMERAL", GptTable.NewPartition.REST)));
    assertThat(ranges(old))
        .containsExactly("2048-2256895", "2256896-2258943", "2258944-2463743", "2463744-2549759");
  }

  @Test
  void placesPartitionsInLargeSectorsAndBehindFirmware() {
    GptTable large =
        GptTable.of(
            GptGeometry.disk(SectorSize.OF_4096, 4247 * 256, 0),
            DISK,
            List.of(wanted("EFI", 2101 * 256), wanted("BIOS", 256)));
    assertThat(ranges(large)).containsExactly("256-538111", "538112-538367");
    GptTable board =
        GptTable.of(
            GptGeometry.disk(SectorSize.OF_512, 2246 * MIB, 20_480),
            DISK,
            List.of(wanted("EFI", 100 * MIB)));
    assertThat(ranges(board)).containsExactly("22528-227327");
  }

  @ParameterizedTest
  @CsvSource({
    "talos-image-disk, d92d45b3-cde9-8760-be9f-a2a71fac8d11",
    "EFI,              bca5174b-0118-8a6a-af0b-2c6e1585acae",
    "BIOS,             a2a02ff5-d88d-8e6e-9c95-26b9b6c80bc3",
    "BOOT,             24c73076-4092-85dd-9d98-686a2dbf6d81",
    "META,             cf04f137-101e-8ec6-9627-fa3f51cdabb8",
    "STATE,            f7f88648-df7c-8acb-b4d2-6f124659d923",
    "EPHEMERAL,        c5e02400-0e5e-80bc-99ec-53b3e45ad6c4",
    "IMAGECACHE,       3b5449bc-c21f-8009-8b51-18945967f8df"
  })
  void namesEachLabelsGuid(String label, String guid) {
    assertThat(Guid.ofLabel(label)).hasToString(guid).isEqualTo(Guid.parse(guid));
  }

  @Test
  void storesGuidsInMixedOrder() {
    Guid guid = Guid.parse("00112233-4455-6677-8899-AABBCCDDEEFF");
    assertThat(guid).hasToString("00112233-4455-6677-8899-aabbccddeeff");
    assertThat(guid.toDiskBytes())
        .containsExactly(
            0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD,
            0xEE, 0xFF);
    assertThatThrownBy(() -> Guid.parse("0011223344556677-8899-AABB-CCDDEEFF"))
        .hasMessage("not a GUID: \"0011223344556677-8899-AABB-CCDDEEFF\"");
  }

  @Test
  void protectsTheWholeDiskAsFarAsItCan() {
    byte[] mbr = Mbr.protective(new Lba(1L << 33)).toBytes(new byte[] {(byte) 0xEB});
    assertThat(mbr).hasSize(512).startsWith(0xEB, 0).endsWith(0x55, 0xAA);
    assertThat(java.util.Arrays.copyOfRange(mbr, 446, 462))
        .containsExactly(0, 0, 2, 0, 0xEE, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF);
  }

  @Test
  void findsCylindersHeadsAndSectors() {
    assertThat(Mbr.Chs.of(new Lba(64), 64, 32)).isEqualTo(new Mbr.Chs(0, 2, 1));
    assertThat(Mbr.Chs.of(new Lba(1023 * 2048 + 2047), 64, 32))
        .isEqualTo(new Mbr.Chs(1023, 63, 32));
    assertThat(Mbr.Chs.of(new Lba(1024 * 2048), 64, 32)).isEqualTo(Mbr.Chs.BEYOND);
    assertThat(new Mbr.Chs(1023, 63, 32).toBytes()).containsExactly(63, 0xE0, 0xFF);
  }

  @Test
  void refusesTablesThatCannotBe() {
    GptGeometry geometry = GptGeometry.disk(SectorSize.OF_512, 8192, 0);
    assertThatThrownBy(() -> GptTable.of(geometry, DISK, List.of(wanted("EFI", 6112))))
        .hasMessage("partition EFI from sector 2048 to 8159, free are 2048 to 8158");
    GptEntry one = entry(4096, 5000, "one");
    assertThatThrownBy(() -> new GptTable(geometry, DISK, List.of(one, entry(5000, 5001, "two"))))
        .hasMessage("partition two from sector 5000 to 5001, free are 5001 to 8158");
    assertThatThrownBy(() -> new GptTable(geometry, DISK, List.of(one, entry(6000, 6001, "one"))))
        .hasMessage("two partitions with GUID " + Guid.ofLabel("one"));
    assertThatThrownBy(() -> entry(1, 0, "x")).hasMessage("partition x from sector 1 to 0");
    assertThatThrownBy(() -> entry(0, 1, "x".repeat(37)))
        .hasMessageEndingWith("has 37 UTF-16 units, at most 36 fit");
    assertThatThrownBy(() -> GptGeometry.disk(SectorSize.OF_512, 2080, 0))
        .hasMessage("disk of 2080 sectors, the first usable is 2048, the last 2046");
    assertThatThrownBy(() -> GptGeometry.disk(new SectorSize(1024), 8192, 0))
        .hasMessage("sectors of 1024 bytes");
    GptTable table = new GptTable(geometry, DISK, List.of(entry(2048, 2048, "x")));
    byte[] mbr = new byte[512];
    assertThatThrownBy(() -> table.encode(mbr, List.of(Blob.of(new byte[513]))))
        .hasMessage("513 bytes for partition x of 512");
  }

  private static GptTable.NewPartition wanted(String label, long sectors) {
    return new GptTable.NewPartition(Guid.LINUX_FILESYSTEM, Guid.ofLabel(label), sectors, 0, label);
  }

  private static GptEntry entry(long first, long last, String name) {
    return new GptEntry(
        Guid.LINUX_FILESYSTEM, Guid.ofLabel(name), new Lba(first), new Lba(last), 0, name);
  }

  private static List<String> ranges(GptTable table) {
    return table.entries().stream()
        .map(entry -> entry.first().value() + "-" + entry.last().value())
        .toList();
  }
}
