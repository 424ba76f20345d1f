package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.plan.BuildPlan;
import imageservice.plan.Recipe;
import imageservice.plan.UkiContent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What xorriso sees of the reference's ISOs with systemd-boot, hybrid ones among them, and of
/// ours. Each has GRUB files of its own; ours have no partitions for gaps, and no second set of
/// descriptors for the volume as a partition.
@Tag("tool")
final class SystemdBootIsoToolTest {
  private static final int LARGEST = 64 << 20;
  private static final int SECTOR = 512;
  private static final Assembler ASSEMBLER = new Assembler(Plans.TOOLS);

  @TempDir Path folder = Path.of("unset");

  @ParameterizedTest
  @CsvSource({
    "v1.11.0, empty, amd64",
    "v1.11.0, args, amd64",
    "v1.11.0, empty, arm64",
    "v1.13.2, empty, amd64",
    "v1.13.2, bl-dual, arm64"
  })
  void aHybridEqualsTheReference(String version, String configuration, String architecture)
      throws IOException {
    String asset = "metal-" + architecture + ".iso";
    BuildPlan plan = Plans.of(version, configuration, asset);
    assertThat(plan.recipe()).isEqualTo(Recipe.HYBRID_ISO);
    UkiContent uki = plan.uki().orElseThrow();
    Golden golden = Golden.of(version + "/" + configuration + "/iso-" + asset + ".txt");
    Blob iso = ASSEMBLER.assemble(plan, Plans.material(plan)).asset();
    Medium.write(iso, file());

    String reports = checkReports(golden, iso.length());
    assertThat(starting(reports, "System area summary:"))
        .isEqualTo(golden.startingWith("System area summary:"))
        .hasSize(1);
    assertThat(starting(reports, "El Torito img path :"))
        .isEqualTo(golden.startingWith("El Torito img path :"));
    assertThat(starting(reports, "El Torito img opts :"))
        .isEqualTo(golden.startingWith("El Torito img opts :"));
    for (String field :
        List.of("GPT partname local :", "GPT type GUID      :", "GPT partition flags:")) {
      assertThat(starting(reports, field))
          .as(field)
          .containsExactlyElementsOf(
              golden.startingWith(field).stream().filter(l -> !l.contains(":   3")).toList());
    }
    assertThat(Judge.named("sgdisk").run("--verify", file().toString()).accepted().output())
        .contains("No problems found");
    assertThat(
            new String(extracted("/boot/grub/grub.cfg"), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(golden.textOf("text of boot/grub/grub.cfg:"));
    assertThat(extracted("/boot/vmlinuz")).isEqualTo(Plans.file(uki.kernel()).bytes(LARGEST));
    checkFiles(golden, 13);
    checkSystemPartition(uki, partition(reports, "GPT start and size :   2"));
    checkReferences(uki, iso, 3);
  }

  @ParameterizedTest
  @CsvSource({"v1.13.2, bl-sdboot, amd64", "v1.13.2, empty, arm64"})
  void oneForUefiAloneEqualsTheReference(String version, String configuration, String architecture)
      throws IOException {
    String asset = "metal-" + architecture + ".iso";
    BuildPlan plan = Plans.of(version, configuration, asset);
    assertThat(plan.recipe()).isEqualTo(Recipe.SYSTEMD_BOOT_ISO);
    UkiContent uki = plan.uki().orElseThrow();
    Golden golden = Golden.of(version + "/" + configuration + "/iso-" + asset + ".txt");
    Blob iso = ASSEMBLER.assemble(plan, Plans.material(plan)).asset();
    Medium.write(iso, file());

    String reports = checkReports(golden, iso.length());
    assertThat(starting(reports, "System area summary:").getFirst())
        .startsWith("System area summary: MBR cyl-align-");
    for (String field : List.of("MBR heads per cyl  :", "MBR secs per head  :")) {
      assertThat(starting(reports, field)).isEqualTo(golden.startingWith(field)).hasSize(1);
    }
    assertThat(starting(reports, "MBR partition      :").stream().map(l -> l.substring(0, 41)))
        .containsExactlyElementsOf(
            golden.startingWith("MBR partition      :").stream()
                .map(line -> line.substring(0, 41))
                .toList());
    assertThat(Judge.named("sfdisk").run("--verify", file().toString()).accepted().output())
        .contains("No errors detected");
    checkFiles(golden, 9);
    checkSystemPartition(uki, partition(reports, "MBR partition      :   2   0x00  0xef"));
    checkReferences(uki, iso, 2);
  }

  private String checkReports(Golden golden, long length) {
    String reports =
        xorriso("-report_el_torito", "plain", "-report_system_area", "plain", "-pvd_info");
    for (String field :
        List.of("Volume Id    :", "Volume Set Id:", "Creation Time:", "Modif. Time  :", "App Id")) {
      assertThat(starting(reports, field)).isEqualTo(golden.startingWith(field)).hasSize(1);
    }
    assertThat(starting(reports, "El Torito boot img :").stream().map(this::placeless))
        .containsExactlyElementsOf(
            golden.startingWith("El Torito boot img :").stream().map(this::placeless).toList());
    assertThat(starting(reports, "ISO image size/512 : "))
        .containsExactly("ISO image size/512 : " + length / SECTOR);
    return reports;
  }

  private String placeless(String bootImage) {
    return bootImage.replaceFirst("\\s+\\d+$", "");
  }

  /// Ours are among the reference's with the same mode and owner; only the marker is our own.
  private void checkFiles(Golden golden, int count) {
    List<String> theirs = golden.lines().stream().map(this::modeAndPath).toList();
    assertThat(
            xorriso("-find", "/", "-exec", "lsdl")
                .lines()
                .filter(line -> line.matches("[-d][-r][-w]x?.*'/.*'"))
                .map(this::modeAndPath)
                .filter(line -> !line.contains("/.disk")))
        .hasSizeGreaterThanOrEqualTo(count)
        .isSubsetOf(theirs);
  }

  private String modeAndPath(String line) {
    return line.replaceFirst("^(\\S+) +1 +(\\d+) +(\\d+) +.* '", "$1 $2 $3 '");
  }

  private record Partition(long first, long sectors) {}

  private static Partition partition(String reports, String field) {
    String[] numbers =
        starting(reports, field).getFirst().substring(field.length()).strip().split("\\s+", -1);
    return new Partition(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
  }

  /// On a MiB, sound, and with the UKI that the tree has as well.
  private void checkSystemPartition(UkiContent uki, Partition partition) throws IOException {
    assertThat(partition.first() % 2048).isZero();
    Path esp = folder.resolve("esp");
    try (FileChannel in = FileChannel.open(file());
        FileChannel out =
            FileChannel.open(esp, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long length = partition.sectors() * SECTOR;
      assertThat(in.transferTo(partition.first() * SECTOR, length, out)).isEqualTo(length);
    }
    Judge.named("fsck.fat").run("-n", "-v", esp.toString()).accepted();
    String path = "/EFI/Linux/Talos-" + uki.version() + ".efi";
    Path copied = folder.resolve("uki");
    Judge.named("mcopy").run("-i", esp.toString(), "::" + path, copied.toString()).accepted();
    assertThat(Files.readAllBytes(copied))
        .isEqualTo(extracted(path))
        .isEqualTo(
            UkiAssembler.assemble(uki, Plans.material(new BuildPlan.Uki(uki)), Plans.TOOLS)
                .asset()
                .bytes(LARGEST));
  }

  /// The kernel is referred to as often as it is there, and metadata is small.
  private static void checkReferences(UkiContent uki, Blob iso, int times) throws IOException {
    long kernel = Plans.file(uki.kernel()).length();
    List<Extent> extents = ((Extents) iso).extents();
    assertThat(extents)
        .filteredOn(e -> e instanceof Extent.Slice slice && slice.length() == kernel)
        .hasSize(times);
    assertThat(
            extents.stream().filter(Extent.Bytes.class::isInstance).mapToLong(Extent::length).sum())
        .isLessThan(256 << 10);
  }

  private byte[] extracted(String path) throws IOException {
    Path to = folder.resolve("extracted");
    Files.deleteIfExists(to);
    xorriso("-osirrox", "on", "-extract", path, to.toString());
    return Files.readAllBytes(to);
  }

  private String xorriso(String... commands) {
    String[] all =
        Stream.concat(Stream.of("-indev", file().toString()), Stream.of(commands))
            .toArray(String[]::new);
    return Judge.named("xorriso").run(all).accepted().output();
  }

  private Path file() {
    return folder.resolve("iso");
  }

  private static List<String> starting(String text, String prefix) {
    return text.lines().filter(line -> line.startsWith(prefix)).map(String::stripTrailing).toList();
  }
}
