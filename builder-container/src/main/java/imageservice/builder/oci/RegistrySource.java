package imageservice.builder.oci;

import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A container registry over HTTP: OCI distribution specification 1.1, the pull half.
public final class RegistrySource implements ImageSource {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/(?:[0-9]{1,18}|\\*)");

  private final RegistryPrefix prefix;
  private final RegistryHttp http;
  private final RegistryTokens tokens;
  private final RegistryTags tags;
  private final RegistryReferrers referrers;
  private final Retries retries;
  private final Patience patience;
  private final InstantSource clock;

  /// @param client which does not follow redirects, such as {@link #client}
  public RegistrySource(
      RegistryAccess access,
      HttpClient client,
      Retries retries,
      Patience patience,
      InstantSource clock) {
    this.prefix = access.prefix();
    this.http = new RegistryHttp(access, client, patience, clock);
    this.tokens = new RegistryTokens(access, http, clock);
    this.tags = new RegistryTags(access, http, tokens, retries);
    this.referrers = new RegistryReferrers(access, http, tokens, retries);
    this.retries = retries;
    this.patience = patience;
    this.clock = clock;
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

  @Override
  public Tags tags(String repository, Optional<String> validator) throws IOException {
    OciNames.requireRepository(repository);
    return tags.list(repository, validator, within(patience.document()));
  }

  @Override
  public List<Referrer> referrers(String repository, Digest image) throws IOException {
    OciNames.requireRepository(repository);
    return referrers.list(repository, image, within(patience.document()));
  }

  @Override
  public Digest resolve(String repository, String tag) throws IOException {
    OciNames.requireRepository(repository);
    OciNames.requireTag(tag);
    Deadline deadline = within(patience.document());
    RegistryHttp.Call get = manifest(repository, ":" + tag, tag, deadline);
    RegistryHttp.Call head =
        new RegistryHttp.Call(get.subject(), "HEAD", get.uri(), get.headers(), null, deadline);
    Optional<Digest> digest = retries.run(deadline, () -> head(head, repository));
    return digest.isPresent()
        ? digest.get()
        : retries.run(deadline, () -> document(get, repository)).digest();
  }

  @Override
  public RawManifest manifest(String repository, Digest digest) throws IOException {
    OciNames.requireRepository(repository);
    Deadline deadline = within(patience.document());
    RegistryHttp.Call get = manifest(repository, "@" + digest, digest.value(), deadline);
    RawManifest manifest = retries.run(deadline, () -> document(get, repository));
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
    Deadline deadline = within(patience.download());
    ResumingBody body =
        new ResumingBody(
            subject,
            descriptor.size(),
            offset -> retries.run(deadline, () -> part(repository, descriptor, offset, deadline)),
            retries,
            deadline);
    return new VerifiedStream(body, repository, descriptor);
  }

  private Deadline within(Duration allowed) {
    return Deadline.in(allowed, clock);
  }

  private RegistryHttp.Call manifest(
      String repository, String which, String reference, Deadline deadline) {
    return RegistryHttp.Call.get(
        repository + which,
        prefix.uri(repository, "manifests/" + reference),
        Map.of("Accept", MediaTypes.ACCEPT),
        deadline);
  }

  /// The digest that the registry answers; nothing where it does not know HEAD or names no digest.
  private Optional<Digest> head(RegistryHttp.Call call, String repository) throws IOException {
    HttpResponse<InputStream> response = tokens.send(call, repository);
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
    HttpResponse<InputStream> response = http.require(call, tokens.send(call, repository));
    byte[] content = http.read(call, response, RawManifest.LIMIT);
    String type = response.headers().firstValue("Content-Type").orElse("");
    return new RawManifest(type.split(";", 2)[0].strip(), Digest.of(content), Blob.of(content));
  }

  /// The blob from `offset` on, whether or not the registry knows ranges.
  private InputStream part(String repository, Descriptor descriptor, long offset, Deadline deadline)
      throws IOException {
    Map<String, String> headers = offset == 0 ? Map.of() : Map.of("Range", "bytes=" + offset + "-");
    RegistryHttp.Call call =
        RegistryHttp.Call.get(
            repository + "@" + descriptor.digest(),
            prefix.uri(repository, "blobs/" + descriptor.digest()),
            headers,
            deadline);
    HttpResponse<InputStream> response = http.require(call, tokens.send(call, repository));
    try {
      return positioned(call, response, descriptor, offset);
    } catch (IOException e) {
      response.body().close();
      throw e instanceof SourceException || e instanceof InterruptedIOException
          ? e
          : http.failures().unreachable(call.subject(), e);
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
