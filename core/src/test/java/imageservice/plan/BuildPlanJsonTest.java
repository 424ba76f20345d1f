package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.Architecture;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BuildPlanJsonTest {
  private static final long SEED = 4_711;
  private static final PlannedCommandLine LINE = new PlannedCommandLine.Settled("quiet");
  private static final String DIGEST = "sha256:" + "ab".repeat(32);
  private static final String FILE =
      "{\"repository\":\"imager\",\"image\":\""
          + DIGEST
          + "\",\"path\":\"usr/install/amd64/vmlinuz\"}";
  private static final String KERNEL = "{\"recipe\":\"kernel/1\",\"kernel\":" + FILE + "}";

  @Test
  void isWrittenInOneWay() {
    BuildPlan plan = new BuildPlan.Kernel(file("usr/install/amd64/vmlinuz"));
    assertThat(BuildPlanJson.write(plan)).isEqualTo(KERNEL);
    assertThat(BuildPlanJson.write(new BuildPlan.Cmdline("a=\"b\" \u00e9\n")))
        .isEqualTo("{\"recipe\":\"cmdline/2\",\"text\":\"a=\\\"b\\\" \u00e9\\n\"}");
  }

  /// Taken with sha256sum over the JSON: a key must never change for a plan that does not.
  @Test
  void keysAreDigestsOfTheJson() {
    assertThat(AssetKey.of(new BuildPlan.Kernel(file("usr/install/amd64/vmlinuz"))).hex())
        .isEqualTo("fea4ae0d9d52d4194ce049b0afe757e74888764114b719fac338aeb45080a686");
    assertThat(AssetKey.of(new BuildPlan.Cmdline("quiet")))
        .hasToString("ed925e32263322d5f31d84dfc71e2167b9a81897c0645182f8ae4ffc18863ce7");
  }

  @Test
  void whatIsWrittenIsReadBack() throws MalformedJsonException {
    Random random = new Random(SEED);
    for (int round = 0; round < 500; round++) {
      BuildPlan plan = RandomPlans.plan(random);
      String text = BuildPlanJson.write(plan);
      assertThat(BuildPlanJson.read(text)).as("seed %d, round %d", SEED, round).isEqualTo(plan);
      assertThat(text).doesNotContain("\n");
    }
  }

  @Test
  void plansSayWhatToFetch() {
    InitramfsContent content = RandomPlans.initramfs(new Random(SEED));
    Input.GrubKit kit = new Input.GrubKit(PlanRequests.digest("kit"));
    assertThat(new BuildPlan.Kernel(file("k")).inputs()).containsExactly(file("k"));
    assertThat(new BuildPlan.Cmdline("x").inputs()).isEmpty();
    assertThat(new BuildPlan.Initramfs(content).inputs()).isEqualTo(content.inputs());
    assertThat(iso(new Boot.Grub(file("k"), content, LINE, true, kit)).inputs())
        .containsAll(content.inputs())
        .contains(file("k"), kit)
        .hasSize(content.inputs().size() + 2);
    UkiContent uki =
        new UkiContent(
            PlanRequests.version("v1.9.5"), file("s"), file("k"), content, LINE, List.of());
    assertThat(new BuildPlan.Uki(uki).inputs())
        .containsAll(content.inputs())
        .contains(file("s"), file("k"));
    assertThat(iso(new Boot.SystemdBoot(uki, file("b"))).inputs())
        .containsAll(uki.inputs())
        .contains(file("b"));
    assertThat(iso(new Boot.Both(new Boot.SystemdBoot(uki, file("b")), true, kit)).inputs())
        .containsAll(uki.inputs())
        .contains(file("b"), kit);
    assertThat(new BuildPlan.Talosctl(file("t")).inputs()).containsExactly(file("t"));
    BuildPlan.Disk disk = RandomPlans.disk(new Random(SEED));
    assertThat(disk.firmware().inputs()).isNotEmpty();
    assertThat(disk.inputs())
        .containsAll(disk.boot().inputs())
        .containsAll(disk.firmware().inputs())
        .doesNotHaveDuplicates();
    InstallerContent installer = RandomPlans.installer(new Random(SEED));
    assertThat(installer.inputs()).contains(installer.base()).doesNotHaveDuplicates();
    assertThat(new BuildPlan.InstallerArchive(installer, "r").inputs())
        .isEqualTo(installer.inputs());
    assertThat(
            new BuildPlan.InstallerImage(List.of(installer, installer), Optional.empty()).inputs())
        .isEqualTo(installer.inputs());
  }

  @Test
  void refusesAnImageForNoArchitecture() {
    assertThatThrownBy(
            () -> BuildPlanJson.read("{\"recipe\":\"installer-image/4\",\"installers\":[]}"))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("installers: empty");
  }

  @Test
  void anExtensionNamedTwiceIsFetchedOnce() {
    Input.ExtensionImage image =
        new Input.ExtensionImage("siderolabs/a", PlanRequests.digest("a"), Architecture.ARM64);
    InitramfsContent content =
        new InitramfsContent(
            PlanRequests.version("v1.9.5"),
            file("i"),
            file("k"),
            false,
            AddOnCompression.ZSTD,
            List.of(new Extension.Packaged(image), new Extension.Packaged(image)));
    assertThat(content.inputs()).containsExactly(file("i"), file("k"), image);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | recipe: missing",
        "[] | not a JSON object",
        "{\"recipe\":\"kernel/2\"} | recipe: this builder does not know kernel/2",
        "{\"recipe\":\"kernel\"} | recipe: this builder does not know kernel",
        "{\"recipe\":\"disk/1\"} | recipe: this builder does not know disk/1",
        "{\"recipe\":1} | recipe: not a text",
        "{\"recipe\":\"kernel/1\"} | kernel: missing",
        "{\"recipe\":\"kernel/1\",\"kernel\":\"x\"} | kernel: not an object",
        "{\"recipe\":\"kernel/1\",\"kernel\":{\"repository\":\"a\",\"image\":\"b\",\"path\":\"c\"}}"
            + " | not a digest: b",
        "{\"recipe\":\"kernel/1\",\"kernel\":{\"repository\":\"a\"}} | kernel.image: missing",
        "{\"recipe\":\"cmdline/2\",\"text\":null} | text: missing",
        "{\"recipe\":\"cmdline/2\",\"text\":[]} | text: not a text",
        "{\"recipe\":\"cmdline/2\",\"text\":\"a\",\"more\":1} | more: unknown field",
        "{\"recipe\":\"grub-iso/3\",\"volumeId\":1} | volumeId: not a text",
        "{\"recipe\":\"initramfs/2\",\"initramfs\":{\"extensions\":{}}} | initramfs.extensions: not"
            + " a list",
        "{\"recipe\":\"initramfs/2\",\"initramfs\":{\"extensions\":[1]}} | initramfs.extensions:"
            + " not a list of objects",
        "{\"recipe\":\"initramfs/2\",\"initramfs\":{\"extensions\":[{\"image\":2}]}} |"
            + " initramfs.extensions[0].extension: missing",
        "{\"recipe\":\"initramfs/2\",\"initramfs\":{\"extensions\":[{\"name\":2}]}} |"
            + " initramfs.extensions[0].name: not a text",
      })
  void refusesWhatIsNoPlan(String text, String message) {
    assertThatThrownBy(() -> BuildPlanJson.read(text))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage(message);
  }

  @Test
  void refusesUnknownFieldsAtEveryDepth() {
    BuildPlan plan = new BuildPlan.Initramfs(RandomPlans.initramfs(new Random(SEED)));
    String text = BuildPlanJson.write(plan);
    int refused = 0;
    for (int at = text.indexOf('{'); at >= 0; at = text.indexOf("{\"", at + 1)) {
      if (at > 0 && "[,:".indexOf(text.charAt(at - 1)) < 0) {
        continue; // the end of a text
      }
      String extended = text.substring(0, at + 1) + "\"surplus\":1," + text.substring(at + 1);
      assertThatThrownBy(() -> BuildPlanJson.read(extended))
          .isInstanceOf(MalformedJsonException.class)
          .hasMessageEndingWith("surplus: unknown field");
      refused++;
    }
    assertThat(refused).isGreaterThan(3);
  }

  @Test
  void refusesAnUnknownCompression() {
    String text =
        "{\"recipe\":\"initramfs/2\",\"initramfs\":{\"version\":\"v1.9.5\",\"base\":%s,\"kernel\":%s,\"mergedUsr\":false,\"compression\":\"LZ4\",\"extensions\":[]}}"
            .formatted(FILE, FILE);
    assertThatThrownBy(() -> BuildPlanJson.read(text)).hasMessage("compression: unknown: LZ4");
  }

  private static BuildPlan iso(Boot boot) {
    return new BuildPlan.Iso(VolumeLabel.UNNAMED, boot);
  }

  private static Input.ImageFile file(String path) {
    return new Input.ImageFile("imager", new Digest(DIGEST), path);
  }
}
