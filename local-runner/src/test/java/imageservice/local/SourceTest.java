package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.oci.LayoutSource;
import imageservice.builder.oci.RegistrySource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceTest {
  @Test
  void isAFolderOfLayouts(@TempDir Path folder) throws Exception {
    assertThat(Source.open("oci:" + folder)).isInstanceOf(LayoutSource.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {Source.STANDARD, "127.0.0.1:5000/siderolabs", "registry.example"})
  void isARegistry(String prefix) throws Exception {
    assertThat(Source.open(prefix)).isInstanceOf(RegistrySource.class);
  }

  @Test
  void isNoFolderThatIsNotThere(@TempDir Path folder) {
    assertThatThrownBy(() -> Source.open("oci:" + folder.resolve("none")))
        .isInstanceOf(CommandException.class)
        .hasMessage("--source oci:%s/none: there is no such folder".formatted(folder));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "https://ghcr.io/siderolabs/", "ghcr.io/UPPER/", "host:99999/x", "a b"})
  void refusesWhatIsNeither(String text) {
    assertThatThrownBy(() -> Source.open(text))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("--source " + text + ": ")
        .hasMessageEndingWith("; give a prefix such as ghcr.io/siderolabs/, or oci:DIR");
  }
}
