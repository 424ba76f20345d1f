package imageservice.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.http.Validators.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every combination of preconditions, judged by a table of RFC 9110, 13.2.2.
final class ValidatorsTest {
  private static final String TAG = "\"a-b\"";
  private static final Validators STATE =
      new Validators(Optional.of(TAG), Optional.of(Instant.parse("1994-11-06T08:49:37Z")));
  private static final String SAME = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final String EARLIER = "Sun, 06 Nov 1994 08:49:36 GMT";
  private static final String LATER = "Sun, 06 Nov 1994 08:49:38 GMT";
  private static final List<String> DATES = List.of("", "nonsense", EARLIER, SAME, LATER);
  private static final List<String> TAGS =
      List.of("", TAG, "W/" + TAG, "*", "\"x\"", "\"x, y\", W/\"z\", " + TAG, "a-b", "A-B");

  @TestFactory
  List<DynamicTest> preconditionsTakePrecedence() {
    return TAGS.stream()
        .flatMap(match ->
            DATES.stream().map(date -> Map.of("if-match", match, "if-unmodified-since", date)))
        .map(first ->
            DynamicTest.dynamicTest(
                first.toString(),
                () ->
                    TAGS.forEach(
                        noneMatch -> DATES.forEach(since -> judge(first, noneMatch, since)))))
        .toList();
  }

  private static void judge(Map<String, String> first, String noneMatch, String since) {
    Map<String, String> headers = new LinkedHashMap<>(first);
    headers.put("if-none-match", noneMatch);
    headers.put("if-modified-since", since);
    headers.values().removeIf(String::isEmpty);
    assertThat(STATE.verdict(request(headers))).as(headers.toString()).isEqualTo(expected(headers));
  }

  private static Verdict expected(Map<String, String> given) {
    String match = given.get("if-match");
    if (match != null ? !strong(match) : EARLIER.equals(given.get("if-unmodified-since"))) {
      return Verdict.FAILED;
    }
    String noneMatch = given.get("if-none-match");
    String since = given.getOrDefault("if-modified-since", "");
    boolean known =
        noneMatch != null
            ? strong(noneMatch) || noneMatch.equals("W/" + TAG)
            : List.of(SAME, LATER).contains(since);
    return known ? Verdict.NOT_MODIFIED : Verdict.PERFORM;
  }

  private static boolean strong(String tags) {
    return tags.equals("*") || tags.equals("a-b") || (tags.endsWith(TAG) && !tags.startsWith("W/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"a-b\"' | true",
        "'W/\"a-b\"' | false",
        "'\"x\"' | false",
        "Sun, 06 Nov 1994 08:49:37 GMT | true",
        "Sun, 06 Nov 1994 08:49:38 GMT | false",
        "Sun, 06 Nov 1994 08:49:36 GMT | false",
        "nonsense | false",
      })
  void aPartIsOfTheSameState(String condition, boolean allowed) {
    assertThat(STATE.allowRange(request(Map.of("if-range", condition)))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        " Sun, 06 Nov 1994 08:49:37 GMT "
      })
  void readsEveryFormOfADate(String date) {
    assertThat(HttpDate.parse(date)).contains(Instant.parse("1994-11-06T08:49:37Z"));
    assertThat(HttpDate.of(Instant.parse("1994-11-06T08:49:37.9Z"))).isEqualTo(SAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "yesterday", "Mon, 06 Nov 1994 08:49:37 GMT", "06 Nov 1994 08:49:37 GMT"})
  void ignoresWhatIsNoDate(String date) {
    assertThat(HttpDate.parse(date)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"if-match", "if-none-match", "if-modified-since", "if-unmodified-since"})
  void whatHasNoStateFailsNothingButAnEntityTag(String header) {
    Validators none = new Validators(Optional.empty(), Optional.empty());
    String value = header.endsWith("match") ? "\"\"" : SAME;
    assertThat(none.verdict(request(Map.of(header, value))))
        .isEqualTo(header.equals("if-match") ? Verdict.FAILED : Verdict.PERFORM);
  }

  private static Request request(Map<String, String> headers) {
    return new Request("GET", "/", "", headers, Body.EMPTY, "id");
  }
}
