package imageservice.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsFileTest {
  @TempDir private Path folder = Path.of("unset");

  @Test
  void remembersWhatWasGivenAndForgetsWhatWasGivenWithoutAValue() throws Exception {
    SettingsFile file = file("{\"maxBuilders\": 4, \"retainAssets\": false, \"pxeUrl\": \"x\"}");
    GivenSettings given = GivenSettings.of(file, Map.of("insecureSources", "true", "pxeUrl", ""));
    assertThat(given.values())
        .isEqualTo(Map.of("maxBuilders", "4", "retainAssets", "false", "insecureSources", "true"));
    file.write(given.values());
    assertThat(GivenSettings.of(file, Map.of())).isEqualTo(given);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void isLeftAloneWhereNothingChanges() throws Exception {
    SettingsFile file = file("{  \"a\":\"b\"  }");
    FileTime before = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file.path(), before);
    file.write(new TreeMap<>(Map.of("a", "b")));
    assertThat(Files.getLastModifiedTime(file.path())).isEqualTo(before);
  }

  @Test
  void thatIsNotThereHasNoSettings() throws Exception {
    SettingsFile file = new SettingsFile(folder.resolve("none.json"));
    assertThat(file.exists()).isFalse();
    assertThat(file.read()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[1] | is not an object such as {\"name\": \"value\"}",
        "{\"a\": {}} | : a is not a text or number",
        "{\"a\": null} | : a is not a text or number",
        "{\"a\" | is not JSON: "
      })
  void saysWhatIsWrongWithIt(String text, String message) throws Exception {
    SettingsFile file = file(text);
    assertThatThrownBy(file::read)
        .isInstanceOf(DeployException.class)
        .hasMessageStartingWith(file.path() + (message.startsWith(":") ? "" : " ") + message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aSettingThatThereIsNotIsRefused() throws Exception {
    SettingsFile file = file("{\"insecureSources\": true, \"maxBuilder\": 4}");
    assertThat(GivenSettings.of(file, Map.of()).choices().refusals())
        .containsExactly("there is no setting maxBuilder; docs/deploying.md has them all");
  }

  private SettingsFile file(String text) throws IOException {
    return new SettingsFile(Files.writeString(folder.resolve("deploy.json"), text));
  }
}
