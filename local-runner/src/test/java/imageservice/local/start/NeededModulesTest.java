package imageservice.local.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NeededModulesTest {
  private static final String CLIENT = "imageservice/local/WarmUpCommand.class";

  @TempDir private Path folder = Path.of("");

  @Test
  void aModuleThatOwnClassesNameIsRequired() throws IOException {
    List<Path> jars =
        List.of(Jars.write(folder.resolve("own.jar"), Jars.OWN, "", CLIENT, content(CLIENT)));
    assertThatCode(() -> NeededModules.require(jars, List.of("java.base", "java.net.http")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> NeededModules.require(jars, List.of("java.base")))
        .hasMessage("the runtime needs modules of the JDK that it is not given: [java.net.http]");
  }

  @Test
  void whatLibrariesNameIsNot() throws IOException {
    List<Path> jars =
        List.of(
            Jars.write(folder.resolve("own.jar"), Jars.OWN, ""),
            Jars.write(folder.resolve("library.jar"), CLIENT, content(CLIENT)));
    assertThatCode(() -> NeededModules.require(jars, List.of("java.base")))
        .doesNotThrowAnyException();
  }

  private static String content(String name) throws IOException {
    try (InputStream in = NeededModulesTest.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no " + name);
      }
      return Jars.text(in.readAllBytes());
    }
  }
}
