package imageservice.formats.compress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EarlierPlacesTest {
  /// Counts places to compare, not time. That each content asks for the whole bound, and for much
  /// more without one, shows that the bound is what keeps it from taking long.
  @ParameterizedTest
  @EnumSource
  void noContentAsksForMoreThanTheBoundAtEachPosition(HostileContent content) {
    long bounded = compared(content.bytes(), Matches.MANY);
    assertThat(bounded)
        .isLessThanOrEqualTo(32L * HostileContent.LENGTH)
        .isGreaterThan(32L * HostileContent.LENGTH / 6);
    assertThat(compared(content.bytes(), 100 * Matches.MANY)).isGreaterThan(20 * bounded);
  }

  @Test
  void findsTheNearestFirst() {
    byte[] content = "abc-abc-abc-abc".getBytes(US_ASCII);
    EarlierPlaces places = entered(content, 12);
    int[] found = new int[2];
    assertThat(places.find(12, found)).isEqualTo(2);
    assertThat(found).containsExactly(8, 4);
    assertThat(places.find(13, found)).as("fewer than three bytes are left").isZero();
  }

  @Test
  void findsNothingBeyondTheWindow() {
    assertThat(found(0)).as("32769 bytes back").isZero();
    assertThat(found(1)).as("32768 bytes back").isEqualTo(1);
  }

  private static int found(int start) {
    byte[] content = new byte[32_772];
    System.arraycopy("xyz".getBytes(US_ASCII), 0, content, start, 3);
    System.arraycopy("xyz".getBytes(US_ASCII), 0, content, 32_769, 3);
    return entered(content, 32_769).find(32_769, new int[1]);
  }

  /// How many places are found over the whole content, at most `bound` at each position.
  private static long compared(byte[] content, int bound) {
    EarlierPlaces places = new EarlierPlaces(content);
    int[] found = new int[bound];
    long compared = 0;
    for (int position = 0; position < content.length; position++) {
      compared += places.find(position, found);
    }
    return compared;
  }

  private static EarlierPlaces entered(byte[] content, int end) {
    EarlierPlaces places = new EarlierPlaces(content);
    for (int position = 0; position < end; position++) {
      places.enter(position);
    }
    return places;
  }
}
