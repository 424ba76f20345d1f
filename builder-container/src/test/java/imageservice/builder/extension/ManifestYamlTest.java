package imageservice.builder.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.material.UnfitInputException;
import imageservice.plan.ExtensionManifest;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestYamlTest {
  private static final String PLAIN =
      "version: v1alpha1\nmetadata:\n  name: gvisor\n  version: 20231214.0-v1.6.0\n";

  @Test
  void readsEveryField() throws UnfitInputException {
    String text =
        """
        version: v1alpha1
        metadata:
          name: gvisor
          version: 1.50
          author: The "Authors"
          description: |
            two
            lines
          compatibility:
            talos:
              version: ">= v1.0.0"
          extraInfo: more
        """;
    assertThat(ManifestYaml.parse("siderolabs/gvisor", text))
        .isEqualTo(
            new ExtensionManifest(
                "gvisor",
                "1.50",
                "The \"Authors\"",
                "two\nlines\n",
                ">= v1.0.0",
                Optional.of("more")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  author:\n  description: ''\n",
        "  compatibility:\n",
        "  compatibility: {}\n",
        "  compatibility: {talos: }\n",
        "  compatibility: {talos: {version: }}\n",
        "  extraInfo: ''\n  author: ~\n  description: null\n",
        "  newer: {things: [1]}\nothers: 2\n"
      })
  void whatIsMissingIsEmpty(String more) throws UnfitInputException {
    assertThat(ManifestYaml.parse("x", PLAIN + more))
        .isEqualTo(
            new ExtensionManifest("gvisor", "20231214.0-v1.6.0", "", "", "", Optional.empty()));
  }

  @Test
  void refusesWhatIsNoManifest() {
    assertUnfit("", "manifest.yaml is not a mapping");
    assertUnfit("- a", "manifest.yaml is not a mapping");
    assertUnfit("a: [", "line 2: expected the node content, but found '<stream end>'");
    assertUnfit("a: 1\n---\nb: 2", "line 2: a second document");
    assertUnfit("a: 1\na: 2", "manifest.yaml has \"a\" twice");
    assertUnfit("a: \u0001", "special characters are not allowed");
    assertUnfit("version: v1alpha1", "metadata is not a mapping");
    assertUnfit("version: v1alpha1\nmetadata: text", "metadata is not a mapping");
    assertUnfit(PLAIN + "  author: [me]", "author is not a text");
    assertUnfit(PLAIN + "  compatibility: all", "metadata.compatibility is not a mapping");
    assertUnfit(
        PLAIN + "  compatibility: {talos: 1}", "metadata.compatibility.talos is not a mapping");
  }

  @Test
  void refusesToMerge() {
    assertUnfit(
        PLAIN + "  <<: {author: me}", "metadata merges another mapping, which is not followed");
  }

  @Test
  void textsMayBeRepeated() throws UnfitInputException {
    String text = PLAIN.replace("gvisor", "&name gvisor") + "  author: *name\n";
    assertThat(ManifestYaml.parse("x", text).author()).isEqualTo("gvisor");
  }

  @Test
  void refusesAnotherVersionOfTheFormat() {
    assertUnfit("version: v2", "version \"v2\" is not v1alpha1");
    assertUnfit("metadata: {}", "version \"\" is not v1alpha1");
  }

  @Test
  void refusesAManifestThatSaysNotWhatItIsOf() {
    assertUnfit("version: v1alpha1\nmetadata: {version: 1}", "metadata.name is missing");
    assertUnfit("version: v1alpha1\nmetadata: {name: ' ', version: 1}", "metadata.name is missing");
    assertUnfit("version: v1alpha1\nmetadata: {name: a}", "metadata.version is missing");
    assertUnfit(
        "version: v1alpha1\nmetadata: {name: a, version: ''}", "metadata.version is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"schematic", "embedded-config", "modules.dep"})
  void refusesTheServicesOwnNames(String name) {
    assertUnfit(
        "version: v1alpha1\nmetadata: {name: %s, version: 1}".formatted(name),
        "metadata.name \"%s\" is the service's own".formatted(name));
  }

  @Test
  void refusesAliasesThatMultiply() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d]\n".formatted(i, i - 1));
    }
    assertUnfit(bomb.toString(), "line 2: the alias *a0 stands for no text");
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    assertUnfit("a: " + "[".repeat(30_000), "is nested deeper than 20 levels");
    assertUnfit("- ".repeat(30_000) + "a", "is nested deeper than 20 levels");
  }

  @Test
  void quotesOnOneShortLine() {
    String text = "version: \"" + "x\\n".repeat(2000) + "\"";
    assertThatThrownBy(() -> ManifestYaml.parse("x", text))
        .isInstanceOf(UnfitInputException.class)
        .hasMessageStartingWith("extension \"x\": manifest.yaml: version \"x?x?")
        .hasMessageEndingWith("x?x…")
        .extracting(failure -> String.valueOf(failure.getMessage()).length())
        .isEqualTo(1001);
  }

  @Test
  void onlyUnfitManifestsAreRefused() {
    long seed = 20261124L;
    System.out.println("manifest: seed " + seed);
    Random random = new Random(seed);
    String letters = "{}[]:,-&*!|>'\"%@` \n\t#?~<aux0\\\u0085\ufeff";
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder(PLAIN);
      for (int i = random.nextInt(12); i >= 0; i--) {
        char letter = letters.charAt(random.nextInt(letters.length()));
        text.insert(random.nextInt(text.length() + 1), letter);
      }
      try {
        assertThat(ManifestYaml.parse("x", text.toString()).name()).isNotBlank();
      } catch (UnfitInputException e) {
        assertThat(e.getMessage()).startsWith("extension \"x\": manifest.yaml: ").hasLineCount(1);
      }
    }
  }

  private static void assertUnfit(String text, String problem) {
    assertThatThrownBy(() -> ManifestYaml.parse("a/b", text))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage("extension \"a/b\": manifest.yaml: " + problem);
  }
}
