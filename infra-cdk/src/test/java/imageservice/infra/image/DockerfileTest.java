package imageservice.infra.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.infra.image.Dockerfile.Copy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The builder's Dockerfile, as it is read to be made without a container engine.
final class DockerfileTest {
  @Test
  void readsTheBuildersOwn() throws IOException {
    Dockerfile own = Dockerfile.parse(Files.readString(Path.of("../builder-container/Dockerfile")));
    assertThat(own.copies())
        .containsExactly(
            new Copy("grub-kit", "/kit", "/opt/grub-kit"),
            new Copy("", "builder-container/target/image/", "/var/task/"));
    assertThat(own.environment()).containsEntry("GRUB_KIT", "/opt/grub-kit");
    assertThat(own.command()).containsExactly("imageservice.builder.BuilderFunction");
  }

  @Test
  void readsTheLastStageAlone() {
    Dockerfile read =
        Dockerfile.parse(
            """
            FROM a AS first
            RUN something
            # a comment
            FROM ${BASE}
            COPY --from=first /x /y
            ENV A="one two" \\
                # between
                B=three
            CMD ["p", "q"]
            """);
    assertThat(read.copies()).containsExactly(new Copy("first", "/x", "/y"));
    assertThat(read.environment()).containsExactly(entry("A", "one two"), entry("B", "three"));
    assertThat(read.command()).isEqualTo(List.of("p", "q"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN true",
        "USER nobody",
        "COPY a b c",
        "COPY --chmod=755 a /b",
        "COPY a ${ELSEWHERE}/b",
        "ENV A=$B",
        "ENV A",
        "CMD program"
      })
  void refusesWhatOnlyAContainerEngineDoes(String instruction) {
    assertThatThrownBy(() -> Dockerfile.parse("FROM a\n" + instruction + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the last stage of the builder's Dockerfile has what only a container engine does: "
                + instruction);
  }

  private static Map.Entry<String, String> entry(String name, String value) {
    return Map.entry(name, value);
  }
}
