package imageservice.local;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where a file is first unlike the asset that it should be.
///
/// @param what is different
/// @param offset of the first such byte
/// @param places what lies there in the asset
record Difference(String what, long offset, List<Extents.Place> places) {
  private static final int PIECE = 1 << 20; // bytes

  Difference {
    places = List.copyOf(places);
  }

  /// The first difference; empty where there is none.
  static Optional<Difference> between(Blob given, Blob wanted) throws IOException {
    long common = Math.min(given.length(), wanted.length());
    byte[] own = new byte[PIECE];
    byte[] other = new byte[PIECE];
    try (InputStream in = given.open(0, common);
        InputStream expected = wanted.open(0, common)) {
      for (long done = 0; done < common; ) {
        int count = (int) Math.min(PIECE, common - done);
        requireAll(in.readNBytes(own, 0, count), count);
        requireAll(expected.readNBytes(other, 0, count), count);
        int at = Arrays.mismatch(own, 0, count, other, 0, count);
        if (at >= 0) {
          String what =
              "byte %d is 0x%02x instead of 0x%02x".formatted(done + at, own[at], other[at]);
          return Optional.of(new Difference(what, done + at, places(wanted, done + at)));
        }
        done += count;
      }
    }
    return given.length() == wanted.length()
        ? Optional.empty()
        : Optional.of(length(given.length(), wanted));
  }

  private static void requireAll(int read, int wanted) throws IOException {
    if (read != wanted) {
      throw new IOException("the content ended early");
    }
  }

  private static Difference length(long given, Blob wanted) {
    return given < wanted.length()
        ? new Difference(
            "it ends after %d of %d bytes".formatted(given, wanted.length()),
            given,
            places(wanted, given))
        : new Difference(
            "it has %d bytes behind the %d of the asset"
                .formatted(given - wanted.length(), wanted.length()),
            wanted.length(),
            List.of());
  }

  private static List<Extents.Place> places(Blob wanted, long offset) {
    return wanted instanceof Extents extents ? extents.places(offset) : List.of();
  }

  @Override
  public String toString() {
    return places.isEmpty()
        ? what
        : what
            + places.stream()
                .map(place -> "%s at %d".formatted(place.name(), place.offset()))
                .collect(Collectors.joining(", in it ", ", in ", ""));
  }
}
