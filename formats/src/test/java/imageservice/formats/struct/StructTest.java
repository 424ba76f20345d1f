package imageservice.formats.struct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class StructTest {
  @Test
  void writesBothOrders() {
    assertThat(
            Struct.littleEndian(7).u8("a", 255).u16("b", 0x1234).u32("c", 0xFFFF_FFFEL).toBytes())
        .containsExactly(255, 0x34, 0x12, 0xFE, 0xFF, 0xFF, 0xFF);
    assertThat(Struct.bigEndian(10).u16("b", 0x1234).u64("d", -2).toBytes())
        .containsExactly(0x12, 0x34, 255, 255, 255, 255, 255, 255, 255, 254);
  }

  @Test
  void padsTextAndPatchesChecksums() {
    assertThat(
            Struct.littleEndian(8)
                .ascii("t", "ab", 4, ' ')
                .u32("sum", 0)
                .patchU32("sum", 3)
                .toBytes())
        .containsExactly('a', 'b', ' ', ' ', 3, 0, 0, 0);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> Struct.littleEndian(2).u16("Count", 65_536))
        .hasMessage("Count: 65536 does not fit 16 bits");
    assertThatThrownBy(() -> Struct.littleEndian(2).u16("Count", -1))
        .hasMessage("Count: -1 does not fit 16 bits");
    assertThatThrownBy(() -> Struct.littleEndian(2).u32("Count", 1))
        .hasMessage("Count: 4 bytes at byte 0 of a structure of 2");
    assertThatThrownBy(() -> Struct.littleEndian(4).u16("Count", 1).u16("Count", 1))
        .hasMessage("Count: written twice");
    assertThatThrownBy(() -> Struct.littleEndian(4).u16("Count", 1).toBytes())
        .hasMessage("structure of 4 bytes filled up to byte 2");
  }
}
