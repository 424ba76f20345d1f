package imageservice.builder.oci;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a registry's long lists go on: OCI distribution specification, listing tags.
final class RegistryPages {
  private static final Pattern NEXT =
      Pattern.compile("\\s*<([^>]*)>\\s*;\\s*rel=\"?next\"?.*", Pattern.CASE_INSENSITIVE);

  private RegistryPages() {}

  /// The address of the next page.
  ///
  /// @param subject what failures are reported for
  /// @param uri of this page
  static Optional<URI> next(
      RegistryAccess access, String subject, URI uri, HttpResponse<?> response)
      throws SourceException {
    Matcher link = NEXT.matcher(response.headers().firstValue("Link").orElse(""));
    if (!link.matches()) {
      return Optional.empty();
    }
    String away = "a Link that leads away: ";
    URI next = access.follow(subject, uri, link.group(1), away);
    if (!Origin.of(next).equals(Origin.of(uri))) {
      throw new SourceException.Malformed(
          subject, away + RegistryAccess.publicPart(next.toString()), null);
    }
    return Optional.of(next);
  }
}
