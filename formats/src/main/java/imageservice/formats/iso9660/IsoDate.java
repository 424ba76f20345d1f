package imageservice.formats.iso9660;

import imageservice.formats.struct.Struct;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// The two spellings of a date, always in UTC.
final class IsoDate {
  private static final DateTimeFormatter DIGITS = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  private IsoDate() {}

  /// Years are a byte counting from 1900 in directory records.
  static void requireRange(long epochSeconds) {
    long end = OffsetDateTime.of(2156, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toEpochSecond();
    if (epochSeconds < 0 || epochSeconds >= end) {
      throw new IllegalArgumentException(
          "epoch second " + epochSeconds + " is not in the years 1970 to 2155");
    }
  }

  /// Numerical values: ECMA-119 9.1.5, and RRIP TF in its short form.
  static byte[] recorded(long epochSeconds) {
    OffsetDateTime date = date(epochSeconds);
    return Struct.littleEndian(7)
        .u8("Number of years since 1900", date.getYear() - 1900)
        .u8("Month of the year", date.getMonthValue())
        .u8("Day of the month", date.getDayOfMonth())
        .u8("Hour of the day", date.getHour())
        .u8("Minute of the hour", date.getMinute())
        .u8("Second of the minute", date.getSecond())
        .u8("Offset from Greenwich Mean Time", 0)
        .toBytes();
  }

  /// Digits with hundredths, then the offset: ECMA-119 8.4.26.1.
  static byte[] digits(long epochSeconds) {
    return digits(DIGITS.format(date(epochSeconds)) + "00");
  }

  static byte[] unspecified() {
    return digits("0000000000000000");
  }

  private static byte[] digits(String text) {
    return Struct.littleEndian(17)
        .ascii("Date and time", text)
        .u8("Offset from Greenwich Mean Time", 0)
        .toBytes();
  }

  private static OffsetDateTime date(long epochSeconds) {
    return Instant.ofEpochSecond(epochSeconds).atOffset(ZoneOffset.UTC);
  }
}
