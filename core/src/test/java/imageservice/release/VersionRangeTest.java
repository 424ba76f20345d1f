package imageservice.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionRangeTest {
  @ParameterizedTest
  @CsvSource({
    ">= v1.0.0, v1.9.5, true",
    ">= 1.0.0, v1.9.5, true",
    ">=1.9.5, v1.9.5, true",
    ">1.9.5, v1.9.5, false",
    "<1.9.5, v1.9.5, false",
    "<=1.9.5, v1.9.5, true",
    "1.9.5, v1.9.5, true",
    "=1.9.5, v1.9.5, true",
    "== v1.9.5, v1.9.6, false",
    "!1.9.5, v1.9.5, false",
    "!=1.9.5, v1.9.6, true",
    ">=1.5.0 <1.8.0, v1.9.5, false",
    ">=1.5.0 <1.8.0, v1.7.6, true",
    ">=1.5.0 <1.8.0 || >=1.9.0, v1.9.5, true",
    ">= v1.5.0 < v1.8.0 || > v2.0.0, v1.9.5, false",
    "1.9.x, v1.9.5, true",
    "1.9.x, v1.10.0, false",
    "1.x, v1.10.0, true",
    "1.x, v2.0.0, false",
    ">1.8.x, v1.8.9, false",
    ">1.8.x, v1.9.0, true",
    ">=1.8.x, v1.8.0, true",
    "<1.8.x, v1.8.0, false",
    "<=1.8.x, v1.8.9, true",
    "!=1.8.x, v1.8.9, false",
    "*, v1.2.0, true",
    "x, v1.2.0, true",
    ">=1.9.0 !=1.9.5, v1.9.5, false",
    ">= 1.9.0-alpha.1, v1.9.0, true"
  })
  void holdsOrNot(String range, String version, boolean holds) {
    assertThat(
            VersionRange.parse(range)
                .orElseThrow()
                .contains(TalosVersion.parse(version).orElseThrow()))
        .isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "||",
        "1.9.5 ||",
        "|| 1.9.5",
        "1.9",
        ">=",
        ">= 1.9",
        "=>1.9.5",
        "~1.9.0",
        "^1.9.0",
        "1.9.5, 1.9.6",
        "a.b.c",
        ">=1.9.5 and more",
        "1.*.5",
        "> > 1.9.5",
        "1.9.5 | 1.9.6"
      })
  void isNoRange(String text) {
    assertThat(VersionRange.parse(text)).isEmpty();
  }
}
