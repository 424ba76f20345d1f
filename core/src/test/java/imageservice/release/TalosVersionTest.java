package imageservice.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TalosVersionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.9.5",
        "0.0.0",
        "1.10.0-alpha.0",
        "1.9.5+meta",
        "1.0.0-0A.is.legal",
        "1.2.3----RC-SNAPSHOT.12.9.1--.12+788",
        "1.0.0+0.build.1-rc.10000aaa-kk-0.1",
        "999999999.999999999.999999999"
      })
  void isReadWithAndWithoutItsLetter(String text) {
    assertThat(TalosVersion.parse(text)).isEqualTo(TalosVersion.parse("v" + text));
    assertThat(TalosVersion.parse(text).orElseThrow().number()).isEqualTo(text);
    assertThat(TalosVersion.parse(text)).hasToString("Optional[v" + text + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v",
        "1",
        "1.5",
        "v1.5.0.1",
        "latest",
        "foo",
        "V1.9.5",
        "vv1.9.5",
        "01.2.3",
        "1.02.3",
        "1.2.3-",
        "1.2.3-01",
        "1.2.3-a..b",
        "1.2.3+",
        "1.2.3+a+b",
        " 1.2.3",
        "1.2.3\n",
        "-1.2.3",
        "1.2.1234567890",
        "\u0661.2.3",
        "1.2.3-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void anythingElseIsNone(String text) {
    assertThat(TalosVersion.parse(text)).isEmpty();
  }

  /// Semantic Versioning 2.0.0, clause 11, with its own example.
  @Test
  void precedenceIsThatOfSemanticVersioning() {
    List<TalosVersion> ordered =
        Stream.of(
                "0.9.9",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-beta.99999999999999999999",
                "1.0.0-rc.1",
                "1.0.0",
                "1.0.1-0",
                "1.0.1",
                "1.2.0",
                "1.10.0",
                "2.0.0")
            .map(text -> TalosVersion.parse(text).orElseThrow())
            .toList();
    List<TalosVersion> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(11));
    assertThat(shuffled.stream().sorted()).containsExactlyElementsOf(ordered);
  }

  @Test
  void buildsTakeNoPartInTheOrder() {
    TalosVersion plain = TalosVersion.of(1, 9, 5);
    TalosVersion built = TalosVersion.parse("1.9.5+b").orElseThrow();
    assertThat(plain).isEqualByComparingTo(built).isNotEqualTo(built);
  }
}
