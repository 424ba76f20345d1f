package imageservice.asset;

import imageservice.release.Digest;
import java.util.Arrays;
import java.util.Optional;

/// The tag by which clients find what belongs to an image: `sha256-<64 hex digits of its index>`,
/// and more behind it.
public record AttachmentTag(Digest subject, Kind kind) {
  private static final String BEGIN = "sha256-";
  private static final int DIGITS = 64;

  /// What is found.
  public enum Kind {
    /// A manifest with signatures, as cosign wrote them first.
    SIGNATURE(".sig"),
    /// The index of all that refers to the image (OCI distribution specification, "Referrers Tag
    /// Schema").
    REFERRERS("");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }
  }

  /// The tag with this text; empty where the text is no such tag.
  public static Optional<AttachmentTag> parse(String text) {
    int end = Math.min(BEGIN.length() + DIGITS, text.length());
    String suffix = text.substring(end);
    Optional<Digest> subject =
        text.startsWith(BEGIN)
            ? Digest.parse("sha256:" + text.substring(BEGIN.length(), end))
            : Optional.empty();
    return subject.flatMap(digest ->
        Arrays.stream(Kind.values())
            .filter(kind -> kind.suffix.equals(suffix))
            .map(kind -> new AttachmentTag(digest, kind))
            .findFirst());
  }

  @Override
  public String toString() {
    return BEGIN + subject.hex() + kind.suffix;
  }
}
