package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.oci.LayoutSource;
import imageservice.builder.oci.RegistrySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceTest {
  private static final String DIGEST = "sha256:" + "0".repeat(64);

  private static final Source SOURCE = source("");

  @Test
  void isAFolderOfLayouts(@TempDir Path folder) throws Exception {
    layout(folder.resolve("imager"), "v1.9.5");
    Source.requireReleases(SOURCE.open("oci:" + folder));
    assertThat(SOURCE.open("oci:" + folder)).isInstanceOf(LayoutSource.class);
  }

  @Test
  void isOneLayoutOfSeveralRepositories(@TempDir Path folder) throws Exception {
    layout(folder, "imager:v1.9.5");
    assertThat(SOURCE.open("oci:" + folder)).isInstanceOf(LayoutSource.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Source.STANDARD,
        "127.0.0.1:5000/siderolabs",
        "registry.example",
        "https://ghcr.io/siderolabs/",
        "http://10.0.0.5:5000/talos/"
      })
  void isARegistry(String prefix) throws Exception {
    assertThat(SOURCE.open(prefix)).isInstanceOf(RegistrySource.class);
  }

  @Test
  void isNoFolderThatIsNotThere(@TempDir Path folder) {
    assertThatThrownBy(() -> SOURCE.open("oci:" + folder.resolve("none")))
        .isInstanceOf(CommandException.class)
        .hasMessage("--source oci:%s/none: there is no such folder".formatted(folder));
  }

  @Test
  void isNoFolderWithoutReleases(@TempDir Path folder) throws IOException {
    String hint =
        "; it should hold a folder imager, an OCI layout with a tag for each Talos version, as made by"
            + " skopeo copy --all docker://ghcr.io/siderolabs/imager:v1.9.5 oci:%1$s/imager:v1.9.5"
                .formatted(folder);
    assertThatThrownBy(() -> Source.requireReleases(SOURCE.open("oci:" + folder)))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith(
            "--source oci:%1$s: no release is in there (imager: there is no OCI image layout of it;"
                .formatted(folder))
        .hasMessageEndingWith(hint);
    layout(folder.resolve("imager"), "not a tag");
    assertThatThrownBy(() -> Source.requireReleases(SOURCE.open("oci:" + folder)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("(no tags in " + folder.resolve("imager") + ")" + hint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ftp://ghcr.io/siderolabs/", "ghcr.io/UPPER/", "host:99999/x", "a b"})
  void refusesWhatIsNeither(String text) {
    assertThatThrownBy(() -> SOURCE.open(text))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("--source " + text + ": ")
        .hasMessageEndingWith("; give a prefix such as ghcr.io/siderolabs/, or oci:DIR");
  }

  @Test
  void refusesHostsThatAreNone() {
    assertThatThrownBy(() -> source("storage.example,http://x").open(Source.STANDARD))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "--source-hosts storage.example,http://x: not a host: http://x; give names such as storage.example or 10.0.0.7:9000");
  }

  private static Source source(String hosts) {
    return new Source(new CredentialFile(Optional.empty(), Path.of("/nowhere")), hosts);
  }

  private static void layout(Path folder, String reference) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(
        folder.resolve("index.json"),
        """
        {"schemaVersion":2,"manifests":[{"digest":"%s","size":1,
         "annotations":{"org.opencontainers.image.ref.name":"%s"}}]}
        """
            .formatted(DIGEST, reference));
  }
}
