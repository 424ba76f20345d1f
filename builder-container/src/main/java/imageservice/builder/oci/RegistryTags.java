package imageservice.builder.oci;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A registry's lists of tags: OCI distribution specification, listing tags.
final class RegistryTags {
  private static final int PAGE = 1000;
  private static final int MAX_PAGES = 100;
  private static final int NOT_MODIFIED = 304;

  /// RFC 9110, section 8.8.3, and no longer than is worth keeping.
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"[!#-~]{1,500}\"");

  /// @param next the address of the next page
  private record Page(List<String> tags, Optional<URI> next, Optional<String> validator) {}

  private final RegistryAccess access;
  private final RegistryHttp http;
  private final RegistryTokens tokens;
  private final Retries retries;

  RegistryTags(RegistryAccess access, RegistryHttp http, RegistryTokens tokens, Retries retries) {
    this.access = access;
    this.http = http;
    this.tokens = tokens;
    this.retries = retries;
  }

  /// A list in several pages has no validator: the one of the first page says nothing of the
  /// others.
  Tags list(String repository, Optional<String> validator, Deadline deadline) throws IOException {
    URI first = access.prefix().uri(repository, "tags/list?n=" + PAGE);
    Optional<Page> page = retries.run(deadline, () -> page(repository, first, validator, deadline));
    if (page.isEmpty()) {
      return new Tags.Unchanged();
    }
    SortedSet<String> tags = new TreeSet<>(page.get().tags());
    Optional<URI> next = page.get().next();
    for (int pages = 1; next.isPresent(); pages++) {
      if (pages == MAX_PAGES) {
        throw new SourceException.TooLarge(repository, "more than " + MAX_PAGES + " pages of tags");
      }
      URI current = next.get();
      Page more =
          retries
              .run(deadline, () -> page(repository, current, Optional.empty(), deadline))
              .orElseThrow();
      tags.addAll(more.tags());
      next = more.next();
    }
    boolean whole = page.get().next().isEmpty();
    return new Tags.Listed(List.copyOf(tags), whole ? page.get().validator() : Optional.empty());
  }

  /// A page of tags; nothing where the registry says that it did not change since the validator
  /// came.
  private Optional<Page> page(
      String repository, URI uri, Optional<String> validator, Deadline deadline)
      throws IOException {
    Map<String, String> headers =
        validator.map(tag -> Map.of("If-None-Match", tag)).orElse(Map.of());
    RegistryHttp.Call call = RegistryHttp.Call.get(repository, uri, headers, deadline);
    HttpResponse<InputStream> answer = tokens.send(call, repository);
    if (answer.statusCode() == NOT_MODIFIED && validator.isPresent()) {
      answer.body().close();
      return Optional.empty();
    }
    HttpResponse<InputStream> response = http.require(call, answer);
    List<String> tags = tags(repository, http.read(call, response, RawManifest.LIMIT));
    Optional<String> etag =
        response.headers().firstValue("ETag").filter(tag -> ETAG.matcher(tag).matches());
    return Optional.of(new Page(tags, RegistryPages.next(access, repository, uri, response), etag));
  }

  private static List<String> tags(String repository, byte[] list)
      throws SourceException.Malformed {
    try {
      List<String> tags = JsonFields.foreign(list).optionalTexts("tags");
      if (!tags.stream().allMatch(OciNames::isTag)) {
        throw new MalformedJsonException("a tag that is none in the list");
      }
      return tags;
    } catch (MalformedJsonException e) {
      throw new SourceException.Malformed(repository, e);
    }
  }
}
