package imageservice.infra.image;

/// Where an image is: `AUTHORITY/REPOSITORY:TAG` or `AUTHORITY/REPOSITORY@sha256:HEX`.
///
/// @param reference a tag or a digest
public record ImageName(String authority, String repository, String reference) {
  public static ImageName parse(String text) {
    int slash = text.indexOf('/');
    int end = text.contains("@") ? text.indexOf('@') : text.lastIndexOf(':');
    if (slash <= 0 || end <= slash) {
      throw new IllegalArgumentException("not the name of an image: " + text);
    }
    return new ImageName(
        text.substring(0, slash), text.substring(slash + 1, end), text.substring(end + 1));
  }

  public boolean isPinned() {
    return reference.startsWith("sha256:");
  }

  public ImageName pinned(String digest) {
    return new ImageName(authority, repository, digest);
  }

  @Override
  public String toString() {
    return authority + "/" + repository + (isPinned() ? "@" : ":") + reference;
  }
}
