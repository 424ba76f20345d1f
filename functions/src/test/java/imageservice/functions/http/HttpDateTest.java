package imageservice.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpDateTest {
  private static final Instant EXAMPLE = Instant.parse("1994-11-06T08:49:37Z");

  /// The examples of RFC 9110, 5.6.7.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        " Sun, 06 Nov 1994 08:49:37 GMT "
      })
  void readsTheThreeFormats(String text) {
    assertThat(HttpDate.parse(text)).contains(EXAMPLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 +0000"
      })
  void ignoresEverythingElse(String text) {
    assertThat(HttpDate.parse(text)).isEmpty();
  }

  @Test
  void writesTheFirstOnEveryDayOfAYear() {
    DateTimeFormatter named =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
    for (int day = 0; day < 366; day++) {
      Instant date = EXAMPLE.plusSeconds(86_399L * day);
      assertThat(HttpDate.of(date)).isEqualTo(named.format(date.atOffset(ZoneOffset.UTC)));
    }
  }
}
