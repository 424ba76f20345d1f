package imageservice.builder.oci;

import java.util.regex.Pattern;

/// The grammar of repositories and tags: OCI distribution specification, pulling manifests. A
/// repository that passes is a safe relative path.
final class OciNames {
  private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*+";
  private static final Pattern REPOSITORY = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*+");
  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

  private OciNames() {}

  static boolean isRepository(String text) {
    return text.length() <= 255 && REPOSITORY.matcher(text).matches();
  }

  static boolean isTag(String text) {
    return TAG.matcher(text).matches();
  }

  static void requireRepository(String text) {
    if (!isRepository(text)) {
      throw new IllegalArgumentException("not a repository's name: " + text);
    }
  }

  static void requireTag(String text) {
    if (!isTag(text)) {
      throw new IllegalArgumentException("not a tag: " + text);
    }
  }
}
