package imageservice.builder.assemble;

import imageservice.formats.bmp.Bitmap;
import java.util.ArrayList;
import java.util.List;

/// The picture that the stub of a unified kernel image shows while it starts the kernel: a disc on
/// black, drawn rather than stored. The stub measures it, so every change of it changes PCR 11. All
/// arithmetic is on integers, so every machine draws the same picture.
final class Splash {
  /// Width and height in pixels.
  private static final int SIZE = 320;

  private static final int SHADES = 256;

  /// 0xRRGGBB of the brightest shade.
  private static final int COLOUR = 0xE8EEF6;

  /// Samples a pixel has in each direction, for smooth edges.
  private static final int SAMPLES = 4;

  /// Radii in samples: of the disc, of the ring around its hole, of the hole.
  private static final int DISC = 120 * SAMPLES;

  private static final int RING_OUTER = 44 * SAMPLES;
  private static final int RING_INNER = 36 * SAMPLES;
  private static final int HOLE = 16 * SAMPLES;

  /// Brightness out of 255: of the disc, of where light falls on it, of the ring.
  private static final int DIM = 110;

  private static final int LIT = 190;
  private static final int BRIGHT = 255;

  private Splash() {}

  static byte[] bitmap() {
    return new Bitmap(SIZE, SIZE, palette(), Splash::shade).toBytes();
  }

  private static List<Integer> palette() {
    List<Integer> palette = new ArrayList<>();
    for (int shade = 0; shade < SHADES; shade++) {
      int colour = 0;
      for (int bits = 16; bits >= 0; bits -= 8) {
        colour |= (((COLOUR >> bits) & 0xFF) * shade / (SHADES - 1)) << bits;
      }
      palette.add(colour);
    }
    return palette;
  }

  /// The mean of a pixel's samples.
  private static int shade(int x, int y) {
    int sum = 0;
    for (int i = 0; i < SAMPLES * SAMPLES; i++) {
      sum += sample(x * SAMPLES + i % SAMPLES, y * SAMPLES + i / SAMPLES);
    }
    return sum / (SAMPLES * SAMPLES);
  }

  private static int sample(int column, int row) {
    // twice the distance from the centre, which lies between samples: all values stay whole
    int x = 2 * column + 1 - SIZE * SAMPLES;
    int y = 2 * row + 1 - SIZE * SAMPLES;
    long distance = (long) x * x + (long) y * y;
    if (distance > square(DISC) || distance < square(HOLE)) {
      return 0;
    }
    if (distance < square(RING_OUTER)) {
      return distance < square(RING_INNER) ? BRIGHT : 0;
    }
    return isLit(x, y) ? LIT : DIM;
  }

  /// Whether light falls here: on two opposite sectors, as on a compact disc.
  private static boolean isLit(int x, int y) {
    int along = Math.abs(x + y);
    int across = Math.abs(x - y);
    return 4 * along < across;
  }

  /// The square of twice the radius, as `sample` doubles distances.
  private static long square(int radius) {
    return 4L * radius * radius;
  }
}
