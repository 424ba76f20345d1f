package imageservice.formats.iso9660;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.iso9660.BootEntry.BootImage;
import imageservice.formats.iso9660.BootEntry.Platform;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("tool")
final class IsoToolTest {
  private static final long EPOCH = 1_559_424_892L;
  private static final String ELTORITO = "boot/grub/i386-pc/eltorito.img";
  private static final int MIB = 1 << 20;

  private static final IsoVolume VOLUME =
      new IsoVolume("TALOS_V1_9_5", "Talos-v1.9.5", "PUBLISHER", "PREPARER", "APP", EPOCH);

  @TempDir Path folder;

  @Test
  void xorrisoReportsBothBootImagesOfAGrubVolume() throws IOException {
    Map<String, IsoFile> files = files();
    files.put(ELTORITO, file(random(50_301, 1)));
    files.put("efi.img", file(random(2_949_120, 2)));
    IsoContents contents =
        contents(
            files,
            List.of(
                new BootEntry(Platform.BIOS, new BootImage.InTree(ELTORITO), 4, true),
                new BootEntry(
                    Platform.UEFI, new BootImage.InTree("efi.img"), BootEntry.WHOLE, false)),
            List.of());
    IsoLayout layout = IsoLayout.of(contents);
    long own = layout.block(ELTORITO).number();
    Blob patched = withOwnSector(random(50_301, 1), own);
    String report =
        report(layout.encode(new byte[IsoLayout.SYSTEM_AREA], tail(), Map.of(ELTORITO, patched)));
    assertThat(report)
        .contains(
            "El Torito boot img :   1  BIOS  y   none  0x0000  0x00      4 %11d\n".formatted(own),
            "El Torito boot img :   2  UEFI  y   none  0x0000  0x00   5760 %11d\n"
                .formatted(layout.block("efi.img").number()),
            "El Torito img path :   1  /" + ELTORITO + "\n",
            "El Torito img opts :   1  boot-info-table grub2-boot-info\n",
            "El Torito img path :   2  /efi.img\n",
            "ISO session  :   1 ,         0 , %9ds , TALOS_V1_9_5\n"
                .formatted(layout.length() / 2048),
            "PVD address  : 16s",
            "Volume Id    : TALOS_V1_9_5\n",
            "Volume Set Id: Talos-v1.9.5\n",
            "Publisher Id : PUBLISHER\n",
            "Preparer Id  : PREPARER\n",
            "App Id       : APP\n",
            "Creation Time: 2019060121345200\n",
            "Modif. Time  : 2019060121345200\n",
            "Expir. Time  : 0000000000000000\n",
            "Eff. Time    : 0000000000000000\n");
    assertThat(layout.block("boot/vmlinuz")).isGreaterThan(layout.block("boot/grub/grub.cfg"));
  }

  @Test
  void xorrisoReportsAnAppendedBootImageBehindTheFiles() throws IOException {
    IsoContents contents =
        contents(
            files(),
            List.of(
                new BootEntry(Platform.UEFI, new BootImage.Appended(0), BootEntry.WHOLE, false)),
            List.of(new AppendedRange(Extents.builder().zeros(34L * MIB).build(), MIB)));
    IsoLayout layout = IsoLayout.of(contents);
    assertThat(layout.appendedBlock(0).offset() % MIB).isZero();
    assertThat(layout.length() - layout.appendedBlock(0).offset())
        .isEqualTo(34L * MIB + contents.tailBlocks() * 2048L);
    assertThat(report(layout.encode(new byte[IsoLayout.SYSTEM_AREA], tail(), Map.of())))
        .contains(
            "El Torito boot img :   1  UEFI  y   none  0x0000  0x00      0 %11d\n"
                .formatted(layout.appendedBlock(0).number()),
            "ISO session  :   1 ,         0 , %9ds , TALOS_V1_9_5\n"
                .formatted(layout.length() / 2048));
  }

  @Test
  void xorrisofsMakesTheSameTree() throws IOException {
    Map<String, IsoFile> files = files();
    for (Map.Entry<String, IsoFile> entry : files.entrySet()) {
      Path path = folder.resolve("tree").resolve(entry.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, entry.getValue().content().bytes(MIB));
    }
    try (var all = Files.walk(folder.resolve("tree"))) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.setLastModifiedTime(path, FileTime.fromMillis(EPOCH * 1000));
      }
    }
    Path theirs = folder.resolve("theirs.iso");
    Judge.named("xorrisofs")
        .run("-quiet", "-r", "-iso-level", "3", "-o", theirs + "", folder.resolve("tree") + "")
        .accepted();
    Path ours = write(IsoLayout.of(contents(files, List.of(), List.of())), "ours.iso");
    List<String> list = lines(list(ours));
    assertThat(list).hasSize(10);
    assertThat(list.stream().map(IsoToolTest::withoutLinks))
        .containsExactlyElementsOf(
            lines(list(theirs)).stream().map(IsoToolTest::withoutLinks).toList());
  }

  @Test
  void xorrisoSeesEverySectionOfAFileBeyond4GiB() throws IOException {
    long length = 9L << 30;
    Map<String, IsoFile> files = files();
    files.put("large.bin", file(Extents.builder().zeros(length - 3).add(new byte[3]).build()));
    IsoLayout layout = IsoLayout.of(contents(files, List.of(), List.of()));
    long block = layout.block("large.bin").number();
    String sections =
        Judge.named("xorriso")
            .run(
                "-indev",
                write(layout, "large.iso") + "",
                "-find",
                "/large.bin",
                "-exec",
                "report_lba")
            .accepted()
            .output();
    long full = 0xFFFF_F800L / 2048;
    assertThat(sections.lines().filter(line -> line.startsWith("File data lba:")))
        .map(line -> line.replaceAll(" ", ""))
        .containsExactly(
            "Filedatalba:0,%d,%d,%d,'/large.bin'".formatted(block, full, length),
            "Filedatalba:1,%d,%d,%d,'/large.bin'".formatted(block + full, full, length),
            "Filedatalba:2,%d,%d,%d,'/large.bin'"
                .formatted(block + 2 * full, length / 2048 - 2 * full, length));
  }

  @Test
  void xorrisoListsADirectoryOfThousands() throws IOException {
    List<IsoEntry> entries = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      String name = "a-common-beginning-longer-than-thirty-characters-" + i + ".module.ko";
      entries.add(new IsoFile(name, Blob.of("" + i), 0644));
    }
    Path iso =
        Medium.write(IsoPropertyTest.medium(new IsoDirectory("", 0755, entries)), at("many"));
    assertThat(lines(list(iso))).hasSize(5001);
    assertThat(Judge.named("isoinfo").run("-f", "-i", iso.toString()).accepted().output().lines())
        .hasSize(5000)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private static String withoutLinks(String line) {
    return line.replaceFirst("^(\\S+ +)\\d+ ", "$1");
  }

  private static List<String> lines(String text) {
    return text.lines().toList();
  }

  private Path at(String name) {
    return folder.resolve(name);
  }

  private static String list(Path iso) {
    return Judge.named("xorriso")
        .run("-abort_on", "WARNING", "-indev", iso + "", "-find", "/", "-exec", "lsdl")
        .accepted()
        .output();
  }

  private Path write(IsoLayout layout, String name) throws IOException {
    return Medium.write(layout.encode(new byte[IsoLayout.SYSTEM_AREA], tail(), Map.of()), at(name));
  }

  private String report(Blob medium) throws IOException {
    Path iso = Medium.write(medium, at("report.iso"));
    return Judge.named("xorriso")
        .run(
            "-abort_on",
            "WARNING",
            "-indev",
            iso.toString(),
            "-report_el_torito",
            "plain",
            "-report_system_area",
            "plain",
            "-toc",
            "-pvd_info")
        .accepted()
        .output();
  }

  private static Blob tail() {
    return Extents.builder().zeros(150 * 2048).build();
  }

  private static IsoContents contents(
      Map<String, IsoFile> files, List<BootEntry> boot, List<AppendedRange> appended) {
    return new IsoContents(VOLUME, IsoDirectory.ofPaths(0555, files), boot, appended, 150);
  }

  private static Map<String, IsoFile> files() {
    Map<String, IsoFile> files = new TreeMap<>();
    files.put("boot/vmlinuz", file(random(140_000, 3)));
    files.put("boot/grub/grub.cfg", file(random(700, 4)));
    files.put("EFI/Linux/Talos-v1.12.0.efi", file(random(5, 5)));
    files.put(".disk/2019-06-01-21-34-52-00.uuid", file(Blob.of("")));
    return files;
  }

  private static IsoFile file(Blob content) {
    return new IsoFile("any", content, 0444);
  }

  private static Blob random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return Blob.of(bytes);
  }

  /// As GRUB's El Torito image wants it: byte 2548 holds the sector after its own first one.
  private static Blob withOwnSector(Blob image, long block) throws IOException {
    byte[] bytes = image.bytes(MIB);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(2548, 4 * block + 5);
    return Blob.of(Arrays.copyOf(bytes, bytes.length));
  }
}
