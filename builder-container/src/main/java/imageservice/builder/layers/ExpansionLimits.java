package imageservice.builder.layers;

import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.SourceException;

/// How many bytes and entries an image may expand to, counted over all of its layers: protects disk
/// and time from small layers that expand for ever.
final class ExpansionLimits {
  static final int MAX_ENTRIES = 100_000;
  static final long MAX_EXPANDED = 4L << 30;
  static final long MAX_LAYER = 1L << 30;
  static final int MAX_RATIO = 200;

  /// Below this many bytes the ratio does not matter: small layers of zeros are harmless.
  static final long RATIO_FROM = 64L << 20;

  /// Characters of all paths, targets of links and labels together, as they are held in memory.
  private static final long MAX_NAMES = 32L << 20;

  private final String subject;
  private long compressed;
  private long expanded;
  private long names;
  private int entries;

  ExpansionLimits(String subject) {
    this.subject = subject;
  }

  static void requireLayer(String subject, Descriptor layer) throws SourceException.TooLarge {
    if (layer.size() > MAX_LAYER) {
      throw new SourceException.TooLarge(
          subject,
          "layer %s has %d bytes, at most %d".formatted(layer.digest(), layer.size(), MAX_LAYER));
    }
  }

  void compressed(long bytes) {
    compressed += bytes;
  }

  void expanded(long bytes) throws SourceException.TooLarge {
    expanded += bytes;
    if (expanded > MAX_EXPANDED) {
      throw new SourceException.TooLarge(
          subject, "expands to more than " + MAX_EXPANDED + " bytes");
    }
    if (expanded > RATIO_FROM && expanded / MAX_RATIO > compressed) {
      throw new SourceException.TooLarge(
          subject, "expands to more than " + MAX_RATIO + " times its size");
    }
  }

  /// An entry with all the text that is kept of it.
  void entry(String name, String target, String label) throws SourceException.TooLarge {
    names += name.length() + target.length() + label.length();
    if (++entries > MAX_ENTRIES || names > MAX_NAMES) {
      throw new SourceException.TooLarge(
          subject, "has more than " + MAX_ENTRIES + " entries or their names are too long");
    }
  }
}
