package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// Judged by the reader of the Java platform.
final class SplashTest {
  @Test
  void isADiscOnBlack() throws IOException {
    BufferedImage splash =
        Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(Splash.bitmap())));
    assertThat(splash.getWidth()).isEqualTo(320);
    assertThat(splash.getHeight()).isEqualTo(320);
    assertThat(colour(splash, 0, 0)).isZero();
    assertThat(colour(splash, 160, 160)).isZero();
    assertThat(colour(splash, 160, 134)).isEqualTo(0xE8EEF6);
    assertThat(colour(splash, 60, 100)).isNotZero().isNotEqualTo(0xE8EEF6);
  }

  @Test
  void looksTheSameUpsideDown() throws IOException {
    BufferedImage splash =
        Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(Splash.bitmap())));
    for (int x = 0; x < 320; x++) {
      for (int y = 0; y < 160; y++) {
        assertThat(colour(splash, x, y)).isEqualTo(colour(splash, 319 - x, 319 - y));
      }
    }
  }

  private static int colour(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xFFFFFF;
  }
}
