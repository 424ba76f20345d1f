package imageservice.builder.oci;

import imageservice.formats.blob.Blob;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A container registry over HTTP: OCI distribution specification 1.1, the pull half.
public final class RegistrySource implements ImageSource {
  private static final int PAGE = 1000;
  private static final int MAX_PAGES = 100;
  private static final int NOT_MODIFIED = 304;

  /// RFC 9110, section 8.8.3, and no longer than is worth keeping.
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"[!#-~]{1,500}\"");

  private static final Pattern NEXT =
      Pattern.compile("\\s*<([^>]*)>\\s*;\\s*rel=\"?next\"?.*", Pattern.CASE_INSENSITIVE);
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/(?:[0-9]{1,18}|\\*)");

  private final RegistryPrefix prefix;
  private final RegistryHttp http;
  private final RegistryTokens tokens;
  private final Retries retries;

  /// @param client which does not follow redirects, such as {@link #client}
  /// @param patience how long a body may deliver nothing before it counts as broken
  public RegistrySource(
      RegistryPrefix prefix,
      Optional<Credential> credential,
      HttpClient client,
      Retries retries,
      InstantSource clock,
      Duration patience) {
    this.prefix = prefix;
    this.http = new RegistryHttp(prefix, client, clock, patience);
    this.tokens = new RegistryTokens(http, credential, clock);
    this.retries = retries;
  }

  /// An HTTP client that follows no redirects, as the constructor needs it.
  public static HttpClient client() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  @Override
  public Optional<String> prefix() {
    return Optional.of(prefix.toString());
  }

  /// A list in several pages has no validator: the one of the first page says nothing of the
  /// others.
  @Override
  public Tags tags(String repository, Optional<String> validator) throws IOException {
    OciNames.requireRepository(repository);
    URI first = prefix.uri(repository, "tags/list?n=" + PAGE);
    Optional<Page> page = retries.run(() -> page(repository, first, validator));
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
      Page more = retries.run(() -> page(repository, current, Optional.empty())).orElseThrow();
      tags.addAll(more.tags());
      next = more.next();
    }
    boolean whole = page.get().next().isEmpty();
    return new Tags.Listed(List.copyOf(tags), whole ? page.get().validator() : Optional.empty());
  }

  @Override
  public Digest resolve(String repository, String tag) throws IOException {
    OciNames.requireRepository(repository);
    OciNames.requireTag(tag);
    RegistryHttp.Call head = call(repository, ":" + tag, "HEAD", "manifests/" + tag);
    Optional<Digest> digest = retries.run(() -> head(head, repository));
    if (digest.isPresent()) {
      return digest.get();
    }
    RegistryHttp.Call get = call(repository, ":" + tag, "GET", "manifests/" + tag);
    return retries.run(() -> document(get, repository)).digest();
  }

  @Override
  public RawManifest manifest(String repository, Digest digest) throws IOException {
    OciNames.requireRepository(repository);
    RegistryHttp.Call get = call(repository, "@" + digest, "GET", "manifests/" + digest);
    RawManifest manifest = retries.run(() -> document(get, repository));
    if (!manifest.digest().equals(digest)) {
      throw new SourceException.Tampered(
          get.subject(), "the content's digest is " + manifest.digest());
    }
    return manifest;
  }

  @Override
  public InputStream blob(String repository, Descriptor descriptor) throws IOException {
    OciNames.requireRepository(repository);
    String subject = repository + "@" + descriptor.digest();
    ResumingBody body =
        new ResumingBody(
            subject,
            descriptor.size(),
            offset -> retries.run(() -> part(repository, descriptor, offset)),
            retries);
    return new VerifiedStream(body, repository, descriptor);
  }

  private RegistryHttp.Call call(String repository, String which, String method, String rest) {
    return new RegistryHttp.Call(
        repository + which,
        method,
        prefix.uri(repository, rest),
        Map.of("Accept", MediaTypes.ACCEPT));
  }

  /// Sends a request with the authorization that the registry accepted last, and answers a
  /// challenge once.
  private HttpResponse<InputStream> authorized(RegistryHttp.Call call, String repository)
      throws IOException {
    HttpResponse<InputStream> response = http.send(call, tokens.known(repository));
    if (response.statusCode() != 401 || !RegistryHttp.sameOrigin(call.uri(), response.uri())) {
      return response;
    }
    response.body().close();
    List<String> challenges = response.headers().allValues("WWW-Authenticate");
    String path = prefix.namespace() + repository;
    String authorization = tokens.answer(call, repository, path, challenges);
    return authorization == null ? response : http.send(call, authorization);
  }

  /// @param next the address of the next page
  private record Page(List<String> tags, Optional<URI> next, Optional<String> validator) {}

  /// A page of tags; nothing where the registry says that it did not change since the validator
  /// came.
  private Optional<Page> page(String repository, URI uri, Optional<String> validator)
      throws IOException {
    Map<String, String> headers =
        validator.map(tag -> Map.of("If-None-Match", tag)).orElse(Map.of());
    RegistryHttp.Call call = new RegistryHttp.Call(repository, "GET", uri, headers);
    HttpResponse<InputStream> answer = authorized(call, repository);
    if (answer.statusCode() == NOT_MODIFIED && validator.isPresent()) {
      answer.body().close();
      return Optional.empty();
    }
    HttpResponse<InputStream> response = http.require(call, answer);
    List<String> tags = tags(repository, body(call, response));
    Optional<String> etag =
        response.headers().firstValue("ETag").filter(tag -> ETAG.matcher(tag).matches());
    return Optional.of(new Page(tags, next(repository, uri, response), etag));
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

  private Optional<URI> next(String repository, URI uri, HttpResponse<InputStream> response)
      throws SourceException.Malformed {
    Matcher link = NEXT.matcher(response.headers().firstValue("Link").orElse(""));
    if (!link.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        http.resolve(uri, link.group(1))
            .filter(next -> RegistryHttp.sameOrigin(uri, next))
            .orElseThrow(
                () -> new SourceException.Malformed(repository, "a Link that leads away", null)));
  }

  /// The digest that the registry answers; nothing where it does not know HEAD or names no digest.
  private Optional<Digest> head(RegistryHttp.Call call, String repository) throws IOException {
    HttpResponse<InputStream> response = authorized(call, repository);
    response.body().close();
    int status = response.statusCode();
    if (status == 400 || status == 405 || status == 501) {
      return Optional.empty();
    }
    return http.require(call, response)
        .headers()
        .firstValue("Docker-Content-Digest")
        .flatMap(Digest::parse);
  }

  private RawManifest document(RegistryHttp.Call call, String repository) throws IOException {
    HttpResponse<InputStream> response = http.require(call, authorized(call, repository));
    byte[] content = body(call, response);
    String type = response.headers().firstValue("Content-Type").orElse("");
    return new RawManifest(type.split(";", 2)[0].strip(), Digest.of(content), Blob.of(content));
  }

  private byte[] body(RegistryHttp.Call call, HttpResponse<InputStream> response)
      throws IOException {
    try (InputStream in = response.body()) {
      return Capped.read(call.subject(), in, RawManifest.LIMIT);
    } catch (SourceException | InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw http.unreachable(call.subject(), e);
    }
  }

  /// The blob from `offset` on, whether or not the registry knows ranges.
  private InputStream part(String repository, Descriptor descriptor, long offset)
      throws IOException {
    Map<String, String> headers = offset == 0 ? Map.of() : Map.of("Range", "bytes=" + offset + "-");
    RegistryHttp.Call call =
        new RegistryHttp.Call(
            repository + "@" + descriptor.digest(),
            "GET",
            prefix.uri(repository, "blobs/" + descriptor.digest()),
            headers);
    HttpResponse<InputStream> response = http.require(call, authorized(call, repository));
    try {
      return positioned(call, response, descriptor, offset);
    } catch (IOException e) {
      response.body().close();
      throw e instanceof SourceException ? e : http.unreachable(call.subject(), e);
    }
  }

  private static InputStream positioned(
      RegistryHttp.Call call,
      HttpResponse<InputStream> response,
      Descriptor descriptor,
      long offset)
      throws IOException {
    if (response.statusCode() == 206) {
      Matcher range =
          CONTENT_RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
      if (!range.matches() || Long.parseLong(range.group(1)) != offset) {
        throw new SourceException.Malformed(call.subject(), "another range than asked for", null);
      }
      return response.body();
    }
    long length = length(response).orElse(descriptor.size());
    if (length != descriptor.size()) {
      throw LayoutSource.sizeDiffers(call.subject(), length, descriptor.size());
    }
    response.body().skipNBytes(offset);
    return response.body();
  }

  private static Optional<Long> length(HttpResponse<InputStream> response) {
    return response
        .headers()
        .firstValue("Content-Length")
        .filter(value -> value.matches("[0-9]{1,18}"))
        .map(Long::valueOf);
  }
}
