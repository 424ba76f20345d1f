package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.plan.BuildPlan;
import imageservice.plan.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What xorriso sees of the reference's GRUB ISOs, and of ours. Each has GRUB files of its own, and
/// ours have no HFS+, no Apple partition map and no partitions for gaps.
@Tag("tool")
final class GrubIsoToolTest {
  private static final int LARGEST = 16 << 20;

  @TempDir Path folder = Path.of("unset");

  @ParameterizedTest
  @CsvSource({
    "v1.5.5, empty, amd64", "v1.5.5, args, amd64", "v1.5.5, empty, arm64",
    "v1.7.6, empty, amd64", "v1.7.6, args, amd64", "v1.7.6, empty, arm64",
    "v1.9.5, empty, amd64", "v1.9.5, args, amd64", "v1.9.5, empty, arm64",
    "v1.13.2, bl-grub, amd64"
  })
  void equalsTheReference(String version, String configuration, String architecture)
      throws IOException {
    String asset = "metal-" + architecture + ".iso";
    BuildPlan plan = Plans.of(version, configuration, asset);
    assertThat(plan.recipe()).isEqualTo(Recipe.GRUB_ISO);
    Golden golden = Golden.of(version + "/" + configuration + "/iso-" + asset + ".txt");
    Blob iso = new Assembler(Plans.TOOLS).assemble(plan, Plans.material(plan)).asset();
    Medium.write(iso, file());

    String reports =
        xorriso("-report_el_torito", "plain", "-report_system_area", "plain", "-pvd_info");
    checkVolume(reports, golden);
    checkElTorito(reports, golden);
    checkSystemArea(reports, golden, iso.length());
    assertThat(Judge.named("sgdisk").run("--verify", file().toString()).accepted().output())
        .contains("No problems found");
    checkFiles(golden);
    checkContents(plan, golden);
  }

  private static void checkVolume(String reports, Golden golden) {
    for (String field :
        List.of("Volume Id    :", "Volume Set Id:", "Creation Time:", "Modif. Time  :")) {
      assertThat(starting(reports, field)).isEqualTo(golden.startingWith(field)).hasSize(1);
    }
    assertThat(starting(reports, "App Id")).isEqualTo(golden.startingWith("App Id"));
  }

  /// All but where the images lie.
  private static void checkElTorito(String reports, Golden golden) {
    assertThat(starting(reports, "El Torito boot img :").stream().map(GrubIsoToolTest::placeless))
        .hasSize(2)
        .containsExactlyElementsOf(
            golden.startingWith("El Torito boot img :").stream()
                .map(GrubIsoToolTest::placeless)
                .toList());
    for (String field : List.of("El Torito img path :", "El Torito img opts :")) {
      assertThat(starting(reports, field)).isEqualTo(golden.startingWith(field)).isNotEmpty();
    }
  }

  private static String placeless(String bootImage) {
    return bootImage.replaceFirst("\\s+\\d+$", "");
  }

  private static void checkSystemArea(String reports, Golden golden, long length) {
    assertThat(starting(reports, "System area summary:"))
        .containsExactlyElementsOf(
            golden.startingWith("System area summary:").stream()
                .map(summary -> summary.replace(" APM", ""))
                .toList());
    assertThat(starting(reports, "ISO image size/512 : "))
        .containsExactly("ISO image size/512 : " + length / 512);
    assertThat(starting(reports, "MBR partition      :"))
        .containsExactly(
            "MBR partition      :   1   0x00  0xee            1 %12d".formatted(length / 512 - 1));
    Stream.of(
            "GPT partname local :",
            "GPT type GUID      :",
            "GPT partition flags:",
            "GPT partition path :")
        .forEach(field ->
            assertThat(starting(reports, field))
                .as(field)
                .containsExactlyElementsOf(
                    golden.startingWith(field + "   2").stream()
                        .map(line -> line.replace(field + "   2", field + "   1"))
                        .toList()));
  }

  /// Ours are among the reference's with the same mode and owner; only the marker's name differs.
  private void checkFiles(Golden golden) {
    List<String> theirs = golden.lines().stream().map(GrubIsoToolTest::modeAndPath).toList();
    List<String> ours =
        xorriso("-find", "/", "-exec", "lsdl")
            .lines()
            .filter(line -> line.matches("[-d][-r][-w]x?.*'/.*'"))
            .map(GrubIsoToolTest::modeAndPath)
            .filter(line -> !line.contains("/.disk") && !line.contains("'/efi"))
            .toList();
    assertThat(ours).hasSizeGreaterThanOrEqualTo(7).isSubsetOf(theirs);
  }

  private static String modeAndPath(String line) {
    return line.replaceFirst("^(\\S+) +1 +(\\d+) +(\\d+) +.* '", "$1 $2 $3 '");
  }

  private void checkContents(BuildPlan plan, Golden golden) throws IOException {
    assertThat(
            new String(extracted("/boot/grub/grub.cfg"), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(golden.textOf("text of boot/grub/grub.cfg:"));
    assertThat(extracted("/boot/vmlinuz"))
        .isEqualTo(Plans.file(plan.initramfs().orElseThrow().kernel()).bytes(LARGEST));
    assertThat(extracted("/boot/initramfs.xz"))
        .isEqualTo(
            InitramfsAssembler.assemble(
                    plan.initramfs().orElseThrow(), Plans.material(plan), Plans.TOOLS)
                .bytes(LARGEST));
    assertThat(extracted(Plans.KIT.marker())).isEmpty();
    assertThat(extracted("/efi.img")).isEqualTo(EfiBootImage.of(Plans.KIT).bytes(LARGEST));
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
