package imageservice.formats.testing;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import java.util.Random;

/// Disks with a little of everything: bytes at both ends, long and short zeros, text, and content
/// that cannot be compressed.
public final class SampleDisk {
  private static final int MIB = 1 << 20;

  private SampleDisk() {}

  /// A disk of at least 16 MiB.
  public static Blob of(int mib) {
    byte[] noise = new byte[3 * MIB + 1];
    new Random(1).nextBytes(noise);
    byte[] sparse = new byte[300_000];
    sparse[200_000] = 1;
    return Extents.builder()
        .add("boot".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .zerosTo(MIB)
        .add(Blob.of(noise))
        .zerosTo(6 * MIB)
        .add(sparse)
        .add(Blob.of("a line of text\n".repeat(20_000)))
        .zerosTo(9 * MIB)
        .add(Blob.of(noise))
        .zerosTo((long) mib * MIB - 3)
        .add(new byte[] {1, 2, 3})
        .build();
  }

  /// A disk of zeros.
  public static Blob empty(int mib) {
    return Extents.builder().zeros((long) mib * MIB).build();
  }
}
