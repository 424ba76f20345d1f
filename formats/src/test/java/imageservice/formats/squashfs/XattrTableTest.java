package imageservice.formats.squashfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class XattrTableTest {
  /// What mksquashfs 4.5.1 wrote at byte 274 for two files with this one label.
  @Test
  void makesTheSameBytesAsMksquashfs() {
    XattrTable table = new XattrTable(SquashfsCompression.ZSTD);
    assertThat(table.isEmpty()).isTrue();
    assertThat(table.id("system_u:object_r:system_state_t:s0")).isZero();
    assertThat(table.id("system_u:object_r:system_state_t:s0")).isZero();
    byte[] bytes = table.finish(274);
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "3280"
                + "0200"
                + "0700"
                + "73656c696e7578"
                + "23000000"
                + "73797374656d5f753a6f626a6563745f723a73797374656d5f73746174655f743a7330"
                + "1080"
                + "00000000000000000100000034000000"
                + "1201000000000000"
                + "0100000000000000"
                + "4601000000000000");
    assertThat(bytes.length - table.headerSize()).isEqualTo(344 - 274);
  }
}
