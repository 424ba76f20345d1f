package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Architecture;
import imageservice.asset.Platform;
import imageservice.builder.extension.ExtensionFixture;
import imageservice.builder.material.BaseImage;
import imageservice.builder.material.Material;
import imageservice.formats.blob.Blob;
import imageservice.plan.BuildPlan;
import imageservice.plan.Input;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Installers' images and archives of the reference, and ours of the same releases.
final class InstallerAssemblerTest extends ExtensionFixture {
  private static final int LARGEST = 64 << 20;

  @ParameterizedTest
  @CsvSource({
    "v1.5.5, empty, installer",
    "v1.5.5, empty, metal-installer",
    "v1.5.5, all, installer",
    "v1.7.6, empty, installer",
    "v1.7.6, empty, metal-installer",
    "v1.7.6, all, installer",
    "v1.9.5, empty, installer",
    "v1.9.5, empty, metal-installer",
    "v1.9.5, all, installer",
    "v1.11.0, empty, installer",
    "v1.11.0, empty, metal-installer",
    "v1.11.0, all, installer",
    "v1.11.0, all, aws-installer",
    "v1.13.2, empty, installer",
    "v1.13.2, empty, metal-installer",
    "v1.13.2, all, installer",
    "v1.13.2, all, aws-installer",
    "v1.9.5, empty, installer-secureboot",
    "v1.13.2, empty, installer-secureboot"
  })
  void anImageEqualsTheReference(String version, String configuration, String repository)
      throws IOException {
    Golden golden = Golden.of(version + "/" + configuration + "/oci-" + repository + ".txt");
    Platform platform = repository.startsWith("aws") ? Platform.AWS : Platform.METAL;
    BuildPlan.InstallerImage plan =
        Plans.image(version, configuration, platform, repository.endsWith("-secureboot"));
    int layers = InstallerStock.layers(plan.contents().getFirst());
    List<Digest> base =
        InstallerBases.of(version, layers).layers().stream().map(BaseImage.Layer::digest).toList();
    List<String> facts =
        InstallerFacts.of(
            assemble(plan, version), base, plan.contents().getFirst().base().repository(), layers);
    assertThat(facts.stream().map(InstallerAssemblerTest::comparable))
        .containsExactlyElementsOf(
            golden.lines().stream().skip(1).map(InstallerAssemblerTest::comparable).toList());
  }

  /// Without blanks, sizes, and digests of kernels and what is made of them.
  private static String comparable(String line) {
    return line.replaceAll("\\d+ bytes", "N bytes")
        .replaceAll("(plain|size)=\\d+", "$1=N")
        .replaceAll("(usr/install/\\S+) [0-9a-f]{16}$", "$1")
        .replace(" ", "");
  }

  @ParameterizedTest
  @CsvSource({"v1.5.5", "v1.7.6", "v1.9.5", "v1.11.0", "v1.13.2"})
  void anArchiveEqualsTheReference(String version) throws IOException {
    Golden golden = Golden.of(version + "/empty/installer-tar.txt");
    BuildPlan plan = Plans.of(version, "empty", "installer-amd64.tar");
    assertThat(ArchiveFacts.of(assemble(plan, version).asset()).stream().map(this::archived))
        .containsExactlyElementsOf(golden.lines().stream().skip(1).map(this::archived).toList());
  }

  private String archived(String line) {
    return line.replaceAll("(usr/install/[^ ,]+) \\d+", "$1").replace(" ", "");
  }

  @ParameterizedTest
  @CsvSource({
    "v1.9.5, installer-archive/4 861deec4d13b118b157217852fff0bdefe3949f2cf7eeedbdce388b5de78ae45, installer-image/4 4d40a69954e67ff8aa4327c63a117c7f0210409a94e4d392a1465d5a3969664d",
    "v1.13.2, installer-archive/4 1e8f5a17547171cc0b2766bf1a32407d871f4a386a3a9d27c6850b9fe08c359c, installer-image/4 d8a105844375143ee80aaca810cc1631a1ab9e3394aa2bc4f8bc7c66209fd43e"
  })
  void bytesChangeOnlyWithTheRecipe(String version, String archive, String image)
      throws IOException {
    assertThat(
            List.of(
                pin(Plans.of(version, "args", "installer-amd64.tar"), version),
                pin(Plans.image(version, "args", Platform.METAL), version)))
        .as("where bytes change on purpose, raise the recipe's number in the same commit")
        .containsExactly(archive, image);
  }

  private String pin(BuildPlan plan, String version) throws IOException {
    byte[] bytes = assemble(plan, version).asset().bytes(LARGEST);
    return plan.recipe() + " " + Digest.of(bytes).hex();
  }

  @Test
  void theSamePlanGivesTheSameBytesTwice() throws IOException {
    for (String version : new String[] {"v1.9.5", "v1.13.2"}) {
      BuildPlan plan = Plans.of(version, "all", "aws-installer-arm64.tar");
      assertThat(assemble(plan, version).asset().bytes(LARGEST))
          .isEqualTo(assemble(plan, version).asset().bytes(LARGEST));
      BuildPlan image = Plans.image(version, "all", Platform.AWS);
      assertThat(assemble(image, version).asset().bytes(LARGEST))
          .isEqualTo(assemble(image, version).asset().bytes(LARGEST));
    }
  }

  @Test
  void theArchiveHasTheLayersOfTheImage() throws IOException {
    Product image = assemble(Plans.image("v1.13.2", "all", Platform.METAL), "v1.13.2");
    Blob archive = assemble(Plans.of("v1.13.2", "all", "installer-arm64.tar"), "v1.13.2").asset();
    List<String> layers = ArchiveFacts.layers(archive);
    assertThat(layers).hasSize(2);
    assertThat(image.contents().stream().map(content -> content.digest().hex()))
        .containsAll(layers);
  }

  @Test
  void eachContentIsThereOnceAndTheIndexLast() throws IOException {
    Product image = assemble(Plans.image("v1.13.2", "empty", Platform.METAL), "v1.13.2");
    assertThat(image.contents()).extracting(Product.Content::digest).doesNotHaveDuplicates();
    assertThat(image.contents().getLast().digest())
        .isEqualTo(Digest.of(image.asset().bytes(LARGEST)));
    assertThat(image.contents())
        .as("one base layer for both, two of artifacts, two configurations and manifests, an index")
        .hasSize(8);
  }

  @Test
  void anArchitectureWithoutABaseIsLeftOut() throws IOException {
    BuildPlan.InstallerImage plan = Plans.image("v1.13.2", "empty", Platform.METAL);
    Material whole = material(plan, "v1.13.2");
    Map<Input.BaseImage, BaseImage> bases = new HashMap<>(whole.bases());
    bases.keySet().removeIf(base -> base.architecture() == Architecture.ARM64);
    Material half =
        new Material(
            whole.files(),
            whole.folders(),
            whole.extensions(),
            whole.kits(),
            bases,
            whole.overlays(),
            whole.installed(),
            whole.commandLines());
    String index =
        new String(
            new Assembler(Plans.TOOLS).assemble(plan, half).asset().bytes(LARGEST),
            java.nio.charset.StandardCharsets.UTF_8);
    assertThat(index).contains("\"amd64\"").doesNotContain("arm64");
  }

  private Product assemble(BuildPlan plan, String version) throws IOException {
    return new Assembler(Plans.TOOLS).assemble(plan, material(plan, version));
  }

  private Material material(BuildPlan plan, String version) throws IOException {
    return InstallerStock.material(cache, plan, version);
  }
}
