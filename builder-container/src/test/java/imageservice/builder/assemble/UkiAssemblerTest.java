package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.material.Material;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.pe.PeImage;
import imageservice.formats.pe.SectionHeader;
import imageservice.formats.tpm.PcrBank;
import imageservice.formats.tpm.StubMeasurement;
import imageservice.ledger.Measurement;
import imageservice.plan.BuildPlan;
import imageservice.plan.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UkiAssemblerTest {
  private static final int LARGEST = 16 << 20;
  private static final int STUB_SECTIONS = 3;
  private static final String RELEASE = "6.1.0-50-cloud-amd64";

  /// Names and order of the sections and the texts in them; sizes and the stub differ.
  @ParameterizedTest
  @CsvSource({
    "v1.5.5, amd64",
    "v1.5.5, arm64",
    "v1.7.6, amd64",
    "v1.7.6, arm64",
    "v1.9.5, amd64",
    "v1.9.5, arm64",
    "v1.11.0, amd64",
    "v1.11.0, arm64",
    "v1.13.2, amd64",
    "v1.13.2, arm64",
    "v1.5.5, amd64-secureboot",
    "v1.5.5, arm64-secureboot",
    "v1.7.6, amd64-secureboot",
    "v1.7.6, arm64-secureboot",
    "v1.9.5, amd64-secureboot",
    "v1.9.5, arm64-secureboot",
    "v1.11.0, amd64-secureboot",
    "v1.11.0, arm64-secureboot",
    "v1.13.2, amd64-secureboot",
    "v1.13.2, arm64-secureboot"
  })
  void sectionsEqualTheReference(String version, String architecture) throws IOException {
    Golden golden = Golden.of(version + "/empty/uki-" + architecture + ".txt");
    Blob uki = uki(version, architecture).asset();
    assertThat(names(uki)).containsExactlyElementsOf(appended(golden.lines()));
    assertThat(texts(uki)).isNotEmpty().containsExactlyElementsOf(texts(golden.lines()));
  }

  @Test
  void profilesOfAnIsoEqualTheReference() throws IOException {
    Golden golden = Golden.of("v1.11.0/all/uki-in-metal-amd64.iso.txt");
    BuildPlan plan = Plans.of("v1.11.0", "empty", "metal-amd64.iso");
    Material material = withKernel(plan, releaseKernel("amd64"));
    Blob uki = UkiAssembler.assemble(plan.uki().orElseThrow(), material, Plans.TOOLS).asset();
    String commandLine = material.commandLine(plan.commandLine().orElseThrow());
    List<String> theirs =
        golden.lines().stream().takeWhile(line -> !line.startsWith("## EFI/BOOT")).toList();
    assertThat(names(uki)).containsExactlyElementsOf(appended(theirs));
    assertThat(texts(uki).stream().filter(line -> line.startsWith("text of .profile")))
        .containsExactlyElementsOf(golden.startingWith("text of .profile"));
    assertThat(contents(uki, ".cmdline"))
        .containsExactly(commandLine, commandLine + " talos.experimental.wipe=system");
  }

  @Test
  void kernelAndInitramfsAreReferences() throws IOException {
    Blob kernel = Plans.bytes(70_000, 3);
    Extents uki = (Extents) uki("v1.11.0", "amd64", kernel).asset();
    assertThat(uki.extents()).contains(new Extent.Slice(kernel, 0, kernel.length()));
    assertThat(
            uki.extents().stream()
                .filter(Extent.Bytes.class::isInstance)
                .mapToLong(Extent::length)
                .sum())
        .isLessThan(16 << 10);
  }

  /// Against sections read back from the image, as a stub finds them.
  @ParameterizedTest
  @CsvSource({"v1.9.5, metal-amd64-uki.efi, 1", "v1.11.0, metal-amd64.iso, 2"})
  void measurementsAreThoseOfTheImage(String version, String asset, int profiles)
      throws IOException {
    BuildPlan plan = Plans.of(version, "empty", asset);
    Product uki =
        UkiAssembler.assemble(plan.uki().orElseThrow(), Plans.material(plan), Plans.TOOLS);
    assertThat(uki.measurements()).hasSize(profiles * 4);
    List<Map<String, Blob>> measured = measuredByProfile(uki.asset());
    assertThat(measured).hasSize(profiles);
    assertThat(measured.getFirst()).containsKeys(".sbat", ".linux", ".initrd", ".splash");
    PcrBank bank = PcrBank.SHA256;
    List<String> values = new ArrayList<>();
    for (Map<String, Blob> sections : measured) {
      values.add(StubMeasurement.of(sections, Set.of(bank)).pcr(bank).hex());
    }
    assertThat(values(uki, bank, "")).isEqualTo(values).doesNotHaveDuplicates();
    assertThat(uki.measurements())
        .filteredOn(m -> m.profile().equals("main") && m.bank().equals("sha256"))
        .extracting(Measurement::phase)
        .containsExactly(
            "",
            "enter-initrd",
            "enter-initrd:leave-initrd",
            "enter-initrd:leave-initrd:enter-machined");
    assertThat(uki.measurements()).extracting(Measurement::pcr).containsOnly(11);
  }

  private static List<String> values(Product uki, PcrBank bank, String phase) {
    return uki.measurements().stream()
        .filter(m -> m.bank().equals(bank.label()) && m.phase().equals(phase))
        .map(Measurement::value)
        .toList();
  }

  /// The base's sections, and for each profile those with its own in their place.
  private static List<Map<String, Blob>> measuredByProfile(Blob uki) throws IOException {
    Map<String, Blob> base = new HashMap<>();
    List<Map<String, Blob>> profiles = new ArrayList<>();
    for (SectionHeader section : PeImage.read(uki).sections()) {
      if (section.name().equals(".profile")) {
        profiles.add(new HashMap<>(base));
      }
      Blob content = Blob.slice(uki, section.pointerToRawData(), section.virtualSize());
      (profiles.isEmpty() ? base : profiles.getLast()).put(section.name(), content);
    }
    return profiles.isEmpty() ? List.of(base) : profiles;
  }

  private static Product uki(String version, String architecture) throws IOException {
    return uki(version, architecture, releaseKernel(architecture));
  }

  private static Product uki(String version, String architecture, Blob kernel) throws IOException {
    BuildPlan plan = Plans.of(version, "empty", "metal-" + architecture + "-uki.efi");
    return UkiAssembler.assemble(plan.uki().orElseThrow(), withKernel(plan, kernel), Plans.TOOLS);
  }

  /// A kernel that says its release, as those for amd64 do.
  private static Blob releaseKernel(String architecture) throws IOException {
    byte[] kernel = Plans.bytes(70_000, 13).bytes(70_000);
    if (architecture.startsWith("amd64")) {
      kernel[0x1F1] = 8;
      put(kernel, 0x202, "HdrS");
      put(kernel, 0x20E, "\0\3");
      put(kernel, 0x500, RELEASE + " (somebody@somewhere)");
    }
    return Blob.of(kernel);
  }

  private static void put(byte[] target, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, target, at, bytes.length);
  }

  private static Material withKernel(BuildPlan plan, Blob kernel) throws IOException {
    Material others = Plans.material(plan);
    Map<Input.ImageFile, Blob> files = new HashMap<>(others.files());
    files.replaceAll((file, content) -> file.path().endsWith("vmlinuz") ? kernel : content);
    return new Material(
        files,
        others.folders(),
        others.extensions(),
        others.kits(),
        others.bases(),
        others.overlays(),
        Map.of(),
        others.commandLines());
  }

  private static List<String> names(Blob uki) throws IOException {
    return PeImage.read(uki).sections().stream()
        .skip(STUB_SECTIONS)
        .map(SectionHeader::name)
        .toList();
  }

  private static List<String> appended(List<String> golden) {
    return golden.stream()
        .filter(line -> line.matches("\\.\\w+ 0x.*"))
        .map(line -> line.replaceFirst(" .*", ""))
        .dropWhile(name -> !name.equals(".osrel"))
        .toList();
  }

  private static List<String> texts(List<String> golden) {
    return golden.stream()
        .filter(line -> line.matches("text of \\.(osrel|cmdline|uname|profile): .*"))
        .toList();
  }

  /// As the golden files have them: JSON strings.
  private static List<String> texts(Blob uki) throws IOException {
    List<String> lines = new ArrayList<>();
    for (SectionHeader section : PeImage.read(uki).sections()) {
      if (List.of(".osrel", ".cmdline", ".uname", ".profile").contains(section.name())) {
        String text = text(uki, section).replace("\"", "\\\"").replace("\n", "\\n");
        lines.add("text of " + section.name() + ": \"" + text + "\"");
      }
    }
    return lines;
  }

  private static List<String> contents(Blob uki, String name) throws IOException {
    List<String> contents = new ArrayList<>();
    for (SectionHeader section : PeImage.read(uki).sections()) {
      if (section.name().equals(name)) {
        contents.add(text(uki, section));
      }
    }
    return contents;
  }

  private static String text(Blob uki, SectionHeader section) throws IOException {
    byte[] bytes =
        Blob.slice(uki, section.pointerToRawData(), section.virtualSize()).bytes(LARGEST);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
