package imageservice.functions.http;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Dates in headers (RFC 9110, 5.6.7), in whole seconds.
public final class HttpDate {
  private static final DateTimeFormatter FIXED = format("EEE, dd MMM yyyy HH:mm:ss 'GMT'");

  /// RFC 850 has years of two digits. RFC 9110 takes one that seems to be more than 50 years ahead
  /// for the past; those from 1970 on are enough here.
  private static final DateTimeFormatter RFC_850 =
      new DateTimeFormatterBuilder()
          .appendPattern("EEEE, dd-MMM-")
          .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
          .appendPattern(" HH:mm:ss 'GMT'")
          .toFormatter(Locale.ENGLISH);

  private static final DateTimeFormatter ASCTIME = format("EEE MMM ppd HH:mm:ss yyyy");
  private static final List<DateTimeFormatter> FORMATS = List.of(FIXED, RFC_850, ASCTIME);

  private HttpDate() {}

  /// The date in the one format that senders use.
  public static String of(Instant instant) {
    return FIXED.format(instant.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
  }

  /// A date in any of the three formats; empty where it is none, as such a header is ignored.
  public static Optional<Instant> parse(String text) {
    for (DateTimeFormatter format : FORMATS) {
      try {
        return Optional.of(LocalDateTime.parse(text.strip(), format).toInstant(ZoneOffset.UTC));
      } catch (DateTimeParseException e) {
        // The next format may fit.
      }
    }
    return Optional.empty();
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
