package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.material.TestMaterial;
import imageservice.formats.blob.Blob;
import imageservice.formats.pe.PeImage;
import imageservice.formats.pe.SectionHeader;
import imageservice.formats.testing.Medium;
import imageservice.plan.BuildPlan;
import imageservice.plan.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// An image for secure boot as a file, its kernel one that says its release, and what is in it.
///
/// @param product as it was assembled
record SignedUki(Path file, Product product, List<Section> sections) {
  private static final int LARGEST = 64 << 20;
  private static final String PROFILE = ".profile";
  private static final String SIGNATURES = ".pcrsig";

  /// What the stub brings itself and does not measure.
  private static final List<String> UNMEASURED = List.of(".text", ".reloc");

  record Section(String name, Blob content) {
    byte[] bytes() throws IOException {
      return content.bytes(LARGEST);
    }
  }

  /// What a machine that boots it measures.
  ///
  /// @param sections contents by name
  /// @param signatures JSON
  record Profile(String id, Map<String, byte[]> sections, String signatures) {}

  static SignedUki of(BuildPlan plan, Path file) throws IOException {
    Product product =
        UkiAssembler.assemble(
            plan.uki().orElseThrow(), TestMaterial.of(plan, SignedUki::material), Plans.TOOLS);
    Medium.write(product.asset(), file);
    List<Section> sections = new ArrayList<>();
    for (SectionHeader each : PeImage.read(product.asset()).sections()) {
      Blob content = Blob.slice(product.asset(), each.pointerToRawData(), each.virtualSize());
      sections.add(new Section(each.name(), content));
    }
    return new SignedUki(file, product, sections);
  }

  private static Blob material(Input.ImageFile file) throws IOException {
    Blob content = Plans.file(file);
    if (!file.path().endsWith("/amd64/vmlinuz")) {
      return content;
    }
    byte[] kernel = content.bytes(LARGEST);
    kernel[0x1F1] = 8;
    put(kernel, 0x202, "HdrS");
    put(kernel, 0x20E, "\0\3");
    put(kernel, 0x500, "6.12.57-talos (somebody)\0");
    return Blob.of(kernel);
  }

  private static void put(byte[] target, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, target, at, bytes.length);
  }

  /// Those of the file, in its order; one where the image has none by name.
  List<Profile> profiles() throws IOException {
    List<Map<String, byte[]>> all = new ArrayList<>(List.of(new LinkedHashMap<>()));
    for (Section section : sections) {
      if (section.name().equals(PROFILE)) {
        all.add(new LinkedHashMap<>(all.getFirst()));
      }
      all.getLast().put(section.name(), section.bytes());
    }
    return (all.size() == 1 ? all : all.subList(1, all.size()))
        .stream().map(SignedUki::profile).toList();
  }

  private static Profile profile(Map<String, byte[]> sections) {
    Map<String, byte[]> measured = new LinkedHashMap<>(sections);
    UNMEASURED.forEach(measured::remove);
    byte[] signatures = Objects.requireNonNull(measured.remove(SIGNATURES));
    String profile = text(measured.getOrDefault(PROFILE, text("ID=main")));
    assertThat(profile).startsWith("ID=");
    return new Profile(
        profile.lines().findFirst().orElseThrow().substring(3), measured, text(signatures));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
