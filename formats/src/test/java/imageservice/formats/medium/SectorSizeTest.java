package imageservice.formats.medium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SectorSizeTest {
  @ParameterizedTest
  @ValueSource(ints = {-512, 0, 256, 520, 1536, 8192})
  void refusesSizesThatNoMediumHas(int bytes) {
    assertThatThrownBy(() -> new SectorSize(bytes)).hasMessage("sectors of " + bytes + " bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 2048, 4096})
  void countsASectorThatIsBegun(int bytes) {
    SectorSize size = new SectorSize(bytes);
    assertThat(size.sectors(0)).isZero();
    assertThat(size.sectors(1)).isEqualTo(1);
    assertThat(size.sectors(bytes)).isEqualTo(1);
    assertThat(size.sectors(bytes + 1L)).isEqualTo(2);
  }

  @Test
  void refusesPlacesBeyondWhatBytesCanCount() {
    assertThat(SectorSize.OF_4096.offset(new Lba(1L << 40))).isEqualTo(1L << 52);
    assertThatThrownBy(() -> SectorSize.OF_4096.offset(new Lba(1L << 52)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> new Lba(-1)).hasMessage("LBA -1");
  }
}
