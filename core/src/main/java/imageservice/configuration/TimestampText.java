package imageservice.configuration;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A point in time as documents spell it.
///
/// @param local the date and time as written, down to the nanosecond
/// @param offsetMinutes of `local` from UTC, less than 25 hours either way, as the document's
///   language allows
public record TimestampText(LocalDateTime local, int offsetMinutes) {
  private static final int MAX_OFFSET = 25 * 60 - 1;
  private static final String TIME = "([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]+))?";
  private static final Pattern DATE =
      Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?: +" + TIME + ")?");
  private static final Pattern INSTANT =
      Pattern.compile(
          "([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})[Tt]"
              + TIME
              + "(?:Z|([+-])([01][0-9]|2[0-4]):([0-5][0-9]))");

  public TimestampText {
    if (Math.abs(offsetMinutes) > MAX_OFFSET) {
      throw new IllegalArgumentException("an offset of 25 hours or more: " + offsetMinutes);
    }
  }

  /// The timestamp that a plain scalar spells (docs/configuration.md 1.4, strings, 3).
  static Optional<TimestampText> parse(String text) {
    Matcher instant = INSTANT.matcher(text);
    if (instant.matches()) {
      return local(instant).map(local -> new TimestampText(local, offset(instant)));
    }
    Matcher date = DATE.matcher(text);
    return date.matches()
        ? local(date).map(local -> new TimestampText(local, 0))
        : Optional.empty();
  }

  private static Optional<LocalDateTime> local(Matcher parts) {
    try {
      return Optional.of(
          LocalDateTime.of(
              number(parts, 1),
              number(parts, 2),
              number(parts, 3),
              number(parts, 4),
              number(parts, 5),
              number(parts, 6),
              nanos(parts.group(7))));
    } catch (DateTimeException noSuchDate) {
      return Optional.empty();
    }
  }

  private static int number(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int nanos(@Nullable String fraction) {
    return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
  }

  private static int offset(Matcher parts) {
    int minutes = 60 * number(parts, 9) + number(parts, 10);
    return "-".equals(parts.group(8)) ? -minutes : minutes;
  }

  /// RFC 3339, with as many fraction digits as are needed.
  @Override
  public String toString() {
    return "%04d-%02d-%02dT%02d:%02d:"
            .formatted(
                local.getYear(),
                local.getMonthValue(),
                local.getDayOfMonth(),
                local.getHour(),
                local.getMinute())
        + secondsText()
        + offsetText();
  }

  private String secondsText() {
    return "%02d.%09d".formatted(local.getSecond(), local.getNano()).replaceFirst("\\.?0+$", "");
  }

  private String offsetText() {
    int minutes = Math.abs(offsetMinutes);
    return minutes == 0
        ? "Z"
        : "%s%02d:%02d".formatted(offsetMinutes < 0 ? "-" : "+", minutes / 60, minutes % 60);
  }
}
