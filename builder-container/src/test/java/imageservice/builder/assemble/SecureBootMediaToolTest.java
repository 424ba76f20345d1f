package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.plan.Boot;
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

/// What programs of the field find on media for secure boot, beside what is on the reference's:
/// files, their modes, texts. Keys, signatures and sizes are others.
@Tag("tool")
final class SecureBootMediaToolTest {
  @TempDir Path folder = Path.of("unset");

  @ParameterizedTest
  @CsvSource({
    "v1.5.5, empty, amd64",
    "v1.7.6, sb-manual, amd64",
    "v1.9.5, empty, arm64",
    "v1.9.5, sb-wellknown, amd64",
    "v1.11.0, empty, amd64",
    "v1.13.2, empty, arm64",
    "v1.13.2, sb-manual, amd64"
  })
  void anIsoEqualsTheReference(String version, String configuration, String architecture)
      throws IOException {
    String asset = "metal-" + architecture + "-secureboot.iso";
    BuildPlan plan = Plans.of(version, configuration, asset);
    assertThat(plan.recipe()).isEqualTo(Recipe.SYSTEMD_BOOT_ISO);
    Golden golden = Golden.of(version + "/" + configuration + "/iso-" + asset + ".txt");
    Medium.write(
        new Assembler(Plans.TOOLS).assemble(plan, Plans.material(plan)).asset(),
        folder.resolve("iso"));
    String reports =
        xorriso("-report_el_torito", "plain", "-report_system_area", "plain", "-pvd_info");
    assertThat(reports.lines().filter(SecureBootMediaToolTest::isComparable).map(this::placeless))
        .hasSize(6)
        .containsExactlyElementsOf(
            golden.lines().stream()
                .filter(SecureBootMediaToolTest::isComparable)
                .map(this::placeless)
                .toList());
    assertThat(files(xorriso("-find", "/", "-exec", "lsdl").lines().toList()))
        .hasSize(16)
        .containsExactlyInAnyOrderElementsOf(files(golden.lines()));
    assertThat(extracted("/loader/loader.conf"))
        .asString()
        .isEqualTo(golden.textOf("text of loader/loader.conf:"));
    assertThat(extracted("/loader/keys/auto/db.auth"))
        .isEqualTo(
            EnrolledKeys.of((Boot.SystemdBoot) ((BuildPlan.Iso) plan).boot(), Plans.TOOLS)
                .orElseThrow()
                .updates()
                .db());
  }

  private static boolean isComparable(String line) {
    return line.matches(
        "(El Torito boot img|Volume Id|MBR heads per cyl|MBR secs per head|MBR partition  ).*");
  }

  /// Without places, which follow from sizes.
  private String placeless(String line) {
    return line.replaceFirst("^(El Torito boot img.*)\\s+\\d+$", "$1")
        .replaceFirst("^(MBR partition .*0x\\S\\S)\\s.*", "$1")
        .stripTrailing();
  }

  private static List<String> files(List<String> lines) {
    return lines.stream()
        .filter(line -> line.matches("[-d][-r][-w]\\S* +1 .*'/.*'"))
        .map(line -> line.replaceFirst("^(\\S+) +1 +(\\d+) +(\\d+) +.* '", "$1 $2 $3 '"))
        .filter(line -> !line.contains(".disk"))
        .toList();
  }

  private byte[] extracted(String path) throws IOException {
    Path to = folder.resolve("extracted");
    Files.deleteIfExists(to);
    xorriso("-osirrox", "on", "-extract", path, to.toString());
    return Files.readAllBytes(to);
  }

  private String xorriso(String... commands) {
    String[] all =
        Stream.concat(Stream.of("-indev", folder.resolve("iso").toString()), Stream.of(commands))
            .toArray(String[]::new);
    return Judge.named("xorriso").run(all).accepted().output();
  }

  @ParameterizedTest
  @CsvSource({
    "v1.9.5, empty, {}",
    "v1.13.2, empty, {}",
    "v1.9.5, sb-manual, 'customization: {secureboot: {enrollKeys: manual}}'",
    "v1.13.2, sb-wellknown, 'customization: {secureboot: {includeWellKnownCertificates: true}}'"
  })
  void aDiskEqualsTheReference(String version, String configuration, String document)
      throws IOException {
    String asset = "metal-amd64-secureboot.raw.zst";
    Golden golden = Golden.of(version + "/" + configuration + "/disk-" + asset + ".txt");
    BuildPlan.Disk plan = Disks.of(version, "metal-amd64-secureboot.raw", document);
    assertThat(plan.recipe()).isEqualTo(Recipe.SYSTEMD_BOOT_DISK);
    DiskJudges disk = DiskJudges.of(Disks.assembled(plan), 512, folder);
    assertThat(disk.systemPartition().lines())
        .hasSize(6)
        .containsExactlyInAnyOrderElementsOf(
            golden.lines().stream()
                .filter(line -> line.matches("\\S+ \\| .* \\| [0-9a-f]{64}"))
                .map(line -> "::/" + line.replaceFirst(" .*", ""))
                .toList());
    String conf = disk.systemFile("loader/loader.conf").replace("\n", "\\n");
    assertThat(golden.lines()).contains("text of loader/loader.conf: \"" + conf + "\"");
    String first = golden.startingWith("partition 1:").getFirst();
    assertThat(first).contains("first=2048 ", "last=" + lastOfEfi(disk));
  }

  private static long lastOfEfi(DiskJudges disk) {
    DiskJudges.Partition efi = java.util.Objects.requireNonNull(disk.partitions().get("EFI"));
    return efi.first() + efi.sectors() - 1;
  }

  @ParameterizedTest
  @CsvSource({"metal-amd64-secureboot.raw", "metal-arm64-secureboot.raw"})
  void aDiskThatEnrolsNothingHasNoKeys(String asset) throws IOException {
    BuildPlan.Disk plan =
        Disks.of("v1.13.2", asset, "customization: {secureboot: {enrollKeys: 'off'}}");
    Blob image = Disks.assembled(plan);
    DiskJudges disk = DiskJudges.of(image, 512, folder);
    assertThat(disk.systemPartition().lines()).hasSize(3);
    assertThat(disk.systemFile("loader/loader.conf"))
        .isEqualTo("# systemd-boot configuration\n\ntimeout 10\n");
  }
}
