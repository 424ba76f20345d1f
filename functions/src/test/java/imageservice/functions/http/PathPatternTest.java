package imageservice.functions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class PathPatternTest {
  private static final PathPattern REST = PathPattern.of("/v2/{name}/{rest+}");

  @Test
  void namesTakeOneSegmentEach() {
    PathPattern pattern = PathPattern.of("/image/{id}/{version}/{path}");
    assertThat(pattern.match("/image/a/b/c d"))
        .contains(Map.of("id", "a", "version", "b", "path", "c d"));
    assertThat(pattern.match("/image/a/b")).isEmpty();
    assertThat(pattern.match("/image/a/b/c/d")).isEmpty();
    assertThat(pattern.match("/images/a/b/c")).isEmpty();
    assertThat(pattern).hasToString("/image/{id}/{version}/{path}");
  }

  @Test
  void theRestIsOneSegmentOrMore() {
    assertThat(REST.match("/v2/x/manifests/v1"))
        .contains(Map.of("name", "x", "rest", "manifests/v1"));
    assertThat(REST.match("/v2/x/y")).contains(Map.of("name", "x", "rest", "y"));
    assertThat(REST.match("/v2/x")).isEmpty();
    assertThat(PathPattern.of("/{all+}").match("/a/b")).contains(Map.of("all", "a/b"));
  }

  @Test
  void theRestComesLast() {
    assertThatThrownBy(() -> PathPattern.of("/v2/{rest+}/x"))
        .hasMessage("{rest+} is not the last of [v2, {rest+}, x]");
    assertThatThrownBy(() -> PathPattern.of("v2")).hasMessage("a path without its slash: v2");
  }

  @Test
  void theFirstSegmentTellsTheFunction() {
    assertThat(REST.firstSegment()).isEqualTo("v2");
    assertThat(PathPattern.firstSegment("/pxe")).isEqualTo("pxe");
    assertThat(PathPattern.firstSegment("/")).isEmpty();
    assertThat(PathPattern.firstSegment("")).isEmpty();
  }
}
