package imageservice.formats.bmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Judged by the reader of the Java platform.
final class BitmapTest {
  private static final List<Integer> PALETTE = List.of(0x000000, 0xFF0000, 0x00FF00, 0x1234AB);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 64})
  void isReadPixelByPixel(int width) throws IOException {
    Bitmap bitmap = new Bitmap(width, 7, PALETTE, (x, y) -> (x + 2 * y) % 4);
    BufferedImage image =
        Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(bitmap.toBytes())));
    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getHeight()).isEqualTo(7);
    for (int y = 0; y < 7; y++) {
      for (int x = 0; x < width; x++) {
        assertThat(image.getRGB(x, y) & 0xFFFFFF).isEqualTo(PALETTE.get((x + 2 * y) % 4));
      }
    }
  }

  @Test
  void refusesWhatIsNoPicture() {
    assertThatThrownBy(() -> new Bitmap(0, 1, PALETTE, (x, y) -> 0))
        .hasMessage("a bitmap of 0 by 1");
    assertThatThrownBy(() -> new Bitmap(1, 1, List.of(), (x, y) -> 0))
        .hasMessage("a palette of 0 colours");
    assertThatThrownBy(() -> new Bitmap(1, 1, List.of(0x1000000), (x, y) -> 0))
        .hasMessage("colour 0x1000000");
    assertThatThrownBy(() -> new Bitmap(1, 1, PALETTE, (x, y) -> 4).toBytes())
        .hasMessage("colour 4 at 0, 0");
  }
}
