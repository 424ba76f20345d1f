package imageservice.functions.http;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Dates in headers (RFC 9110, 5.6.7), in whole seconds.
public final class HttpDate {
  /// Its names are given here: those of a locale take a function that starts 20 ms to find.
  private static final DateTimeFormatter FIXED =
      new DateTimeFormatterBuilder()
          .appendText(
              ChronoField.DAY_OF_WEEK, names("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
          .appendPattern(", dd ")
          .appendText(
              ChronoField.MONTH_OF_YEAR,
              names(
                  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                  "Dec"))
          .appendPattern(" yyyy HH:mm:ss 'GMT'")
          .toFormatter(Locale.ENGLISH);

  /// The formats that senders no longer use.
  private static final class Obsolete {
    /// RFC 850 has years of two digits. RFC 9110 takes one that seems to be more than 50 years
    /// ahead for the past; those from 1970 on are enough here.
    private static final DateTimeFormatter RFC_850 =
        new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH);

    private static final DateTimeFormatter ASCTIME =
        DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);
  }

  private HttpDate() {}

  /// The date in the one format that senders use.
  public static String of(Instant instant) {
    return FIXED.format(instant.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
  }

  /// A date in any of the three formats; empty where it is none, as such a header is ignored.
  public static Optional<Instant> parse(String text) {
    String date = text.strip();
    return parse(date, FIXED)
        .or(() -> parse(date, Obsolete.RFC_850))
        .or(() -> parse(date, Obsolete.ASCTIME));
  }

  private static Optional<Instant> parse(String date, DateTimeFormatter format) {
    try {
      return Optional.of(LocalDateTime.parse(date, format).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Map<Long, String> names(String... names) {
    Map<Long, String> numbered = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      numbered.put(i + 1L, names[i]);
    }
    return numbered;
  }
}
