package imageservice.builder.oci;

import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A registry's lists of what refers to an image: OCI distribution specification 1.1, listing
/// referrers. Registries that keep no such lists answer that there is nothing at their address.
final class RegistryReferrers {
  private static final int MAX_PAGES = 10;
  private static final Set<Integer> UNKNOWN = Set.of(400, 404, 405, 501);

  /// @param next the address of the next page
  private record Page(List<Referrer> referrers, Optional<URI> next) {}

  private final RegistryAccess access;
  private final RegistryHttp http;
  private final RegistryTokens tokens;
  private final Retries retries;

  RegistryReferrers(
      RegistryAccess access, RegistryHttp http, RegistryTokens tokens, Retries retries) {
    this.access = access;
    this.http = http;
    this.tokens = tokens;
    this.retries = retries;
  }

  List<Referrer> list(String repository, Digest image, Deadline deadline) throws IOException {
    List<Referrer> referrers = new ArrayList<>();
    Optional<URI> next = Optional.of(access.prefix().uri(repository, "referrers/" + image));
    for (int pages = 0; next.isPresent() && pages < MAX_PAGES; pages++) {
      URI current = next.get();
      Page page = retries.run(deadline, () -> page(repository, image, current, deadline));
      referrers.addAll(page.referrers());
      next = page.next();
    }
    return referrers;
  }

  private Page page(String repository, Digest image, URI uri, Deadline deadline)
      throws IOException {
    String subject = "what refers to %s@%s".formatted(repository, image);
    RegistryHttp.Call call =
        RegistryHttp.Call.get(subject, uri, Map.of("Accept", MediaTypes.INDEX), deadline);
    HttpResponse<InputStream> answer = tokens.send(call, repository);
    if (UNKNOWN.contains(answer.statusCode())) {
      answer.body().close();
      return new Page(List.of(), Optional.empty());
    }
    HttpResponse<InputStream> response = http.require(call, answer);
    byte[] index = http.read(call, response, RawManifest.LIMIT);
    return new Page(
        ReferrerJson.referrers(subject, index), RegistryPages.next(access, subject, uri, response));
  }
}
