package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=0-, 0, 9",
    "bytes=3-5, 3, 5",
    "bytes=9-, 9, 9",
    "bytes=3-99, 3, 9",
    "bytes=0003-0005, 3, 5",
    "bytes=3-99999999999999999999999, 3, 9",
    "bytes=-1, 9, 9",
    "bytes=-10, 0, 9",
    "bytes=-99, 0, 9",
    "bytes=-99999999999999999999999, 0, 9",
    "BYTES= 3-5 , 3, 5",
  })
  void isAPart(String header, long first, long last) {
    assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Part(first, last));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=99999999999999999999999-", "bytes=-0"})
  void liesOutside(String header) {
    assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-", "bytes=-1"})
  void anEmptyObjectHasNoPart(String header) {
    assertThat(ByteRange.of(header, 0)).isEqualTo(new ByteRange.Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-3",
        "bytes=0-1,3-4",
        "bytes=0-1,",
        "bytes = 0-1",
        "items=0-1",
        "bytes=+1-2",
        "bytes=0x1-2",
        "bytes=\u0661-\u0662",
      })
  void isLeftAside(String header) {
    assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Whole());
  }
}
