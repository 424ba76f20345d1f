package imageservice.formats.compress;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Content such as media have: zeros, slices of what does not compress, tables, texts.
final class RandomContent {
  private static final int SOURCE = 3 << 20;

  private final Random random;
  private final Blob source;

  RandomContent(Random random) {
    this.random = random;
    byte[] bytes = new byte[SOURCE];
    random.nextBytes(bytes);
    this.source = Blob.of(bytes);
  }

  Extents extents(int count, int longestZeros) {
    Extents.Builder builder = Extents.builder();
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(4)) {
        case 0 -> builder.zeros(length(longestZeros));
        case 1 -> builder.add(slice());
        default -> builder.add(bytes());
      }
    }
    return builder.build();
  }

  byte[] bytes() {
    byte[] bytes = new byte[length(300_000)];
    switch (random.nextInt(5)) {
      case 0 -> random.nextBytes(bytes);
      case 1 -> text(bytes);
      case 2 -> table(bytes, 1 + random.nextInt(40));
      case 3 -> table(bytes, new int[] {1, 4, 8, 16, 512}[random.nextInt(5)]);
      default -> sparse(bytes);
    }
    return bytes;
  }

  private Extent slice() {
    int offset = random.nextInt(SOURCE - 1);
    return new Extent.Slice(source, offset, Math.min(length(SOURCE), SOURCE - offset));
  }

  /// Short and long ones alike, at least 1.
  private int length(int longest) {
    return 1 + random.nextInt(1 + random.nextInt(1 + random.nextInt(longest)));
  }

  private void text(byte[] bytes) {
    for (int i = 0; i < bytes.length; ) {
      byte[] word = ("word" + random.nextInt(300) + ": ").getBytes(StandardCharsets.US_ASCII);
      int count = Math.min(word.length, bytes.length - i);
      System.arraycopy(word, 0, bytes, i, count);
      i += count;
    }
  }

  /// Records that repeat at a distance, from the first byte on.
  private void table(byte[] bytes, int stride) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] =
          i >= stride && random.nextInt(50) > 0 ? bytes[i - stride] : (byte) random.nextInt(256);
    }
  }

  private void sparse(byte[] bytes) {
    ByteBuffer view = ByteBuffer.wrap(bytes);
    for (int i = random.nextInt(64); i + 4 <= bytes.length; i += 4 + random.nextInt(2000)) {
      view.putInt(i, random.nextInt());
    }
  }
}
