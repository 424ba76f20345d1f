package imageservice.formats.fat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// A date in the packed form of directory entries, in UTC: FAT overview, "Date and Time Formats".
///
/// @param time in steps of 2 seconds
/// @param hundredths what is missing from `time`, 0 to 199
record FatDate(int date, int time, int hundredths) {
  private static final long FIRST = start(1980);
  private static final long END = start(2108);

  static FatDate of(long epochSeconds) {
    if (epochSeconds < FIRST || epochSeconds >= END) {
      throw new IllegalArgumentException(
          "epoch second " + epochSeconds + " is not in the years 1980 to 2107");
    }
    OffsetDateTime utc = Instant.ofEpochSecond(epochSeconds).atOffset(ZoneOffset.UTC);
    return new FatDate(
        ((utc.getYear() - 1980) << 9) | (utc.getMonthValue() << 5) | utc.getDayOfMonth(),
        (utc.getHour() << 11) | (utc.getMinute() << 5) | utc.getSecond() / 2,
        utc.getSecond() % 2 * 100);
  }

  private static long start(int year) {
    return OffsetDateTime.of(year, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toEpochSecond();
  }
}
