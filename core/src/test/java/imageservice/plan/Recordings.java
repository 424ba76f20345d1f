package imageservice.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Golden texts, one file a case, below the test resources. With `-Dgolden.record=true` the files
/// are written anew and the run fails.
public final class Recordings {
  private Recordings() {}

  /// Compares a text with what was recorded under this path.
  public static void check(String file, String text) throws IOException {
    if (Boolean.getBoolean("golden.record")) {
      Path path = Path.of("src/test/resources").resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
      fail("recorded " + file + "; run again without golden.record");
    }
    assertThat(text).isEqualTo(recorded(file));
  }

  private static String recorded(String file) throws IOException {
    try (@Nullable InputStream in = Recordings.class.getResourceAsStream("/" + file)) {
      return in == null ? "(nothing recorded)" : new String(in.readAllBytes(), UTF_8);
    }
  }
}
