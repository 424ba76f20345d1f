package imageservice.builder;

import imageservice.formats.blob.RunStream;

/// Bytes that nothing compresses, always the same for a seed, however they are read.
public final class Noise extends RunStream {
  private final long seed;
  private final long length;
  private long position;
  private long word;

  /// @param length in bytes
  public Noise(long seed, long length) {
    this.seed = seed;
    this.length = length;
  }

  @Override
  protected int readRun(byte[] buffer, int from, int count) {
    int got = (int) Math.min(count, length - position);
    for (int i = 0; i < got; i++) {
      word = position % Long.BYTES == 0 ? mixed(position) : word >>> Byte.SIZE;
      buffer[from + i] = (byte) word;
      position++;
    }
    return got > 0 ? got : -1;
  }

  /// SplitMix64, whose states are apart by its odd constant.
  private long mixed(long at) {
    long state = seed + at * 0x9E3779B97F4A7C15L;
    long once = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
    return twice ^ (twice >>> 31);
  }
}
