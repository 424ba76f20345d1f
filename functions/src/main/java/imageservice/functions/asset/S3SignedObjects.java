package imageservice.functions.asset;

import imageservice.functions.http.HttpDate;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Asks by a link, which takes no client of S3: the quick way of a function that starts. Where S3
/// says anything but that the object is there or gone, another way is asked.
public final class S3SignedObjects implements S3Objects {
  private static final Duration VALIDITY = Duration.ofMinutes(1);
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final S3LinkSigner signer;
  private final Supplier<SdkHttpClient> http;
  private final S3Objects otherwise;

  public S3SignedObjects(S3LinkSigner signer, Supplier<SdkHttpClient> http, S3Objects otherwise) {
    this.signer = signer;
    this.http = http;
    this.otherwise = otherwise;
  }

  @Override
  public Optional<AssetLinks.Found> find(String key) throws IOException {
    Optional<SdkHttpResponse> answer = head(key);
    if (answer.isPresent() && answer.get().statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    Optional<AssetLinks.Found> found =
        answer.filter(there -> there.statusCode() == OK).flatMap(S3SignedObjects::found);
    return found.isPresent() ? found : otherwise.find(key);
  }

  @Override
  public Optional<byte[]> read(String key, int most) throws IOException {
    Optional<HttpExecuteResponse> answer = send(SdkHttpMethod.GET, key);
    if (answer.isEmpty()) {
      return otherwise.read(key, most);
    }
    try (InputStream in = body(answer.get())) {
      return switch (answer.get().httpResponse().statusCode()) {
        case OK -> Optional.of(S3Objects.atMost(most, in.readNBytes(most + 1)));
        case NOT_FOUND -> Optional.empty();
        default -> otherwise.read(key, most);
      };
    }
  }

  private static InputStream body(HttpExecuteResponse answer) {
    return answer
        .responseBody()
        .map(InputStream.class::cast)
        .orElseGet(InputStream::nullInputStream);
  }

  private Optional<SdkHttpResponse> head(String key) {
    return send(SdkHttpMethod.HEAD, key).map(HttpExecuteResponse::httpResponse);
  }

  private Optional<HttpExecuteResponse> send(SdkHttpMethod method, String key) {
    SdkHttpRequest request = signer.sign(method, key, Map.of(), VALIDITY);
    try {
      return Optional.of(
          http.get().prepareRequest(HttpExecuteRequest.builder().request(request).build()).call());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<AssetLinks.Found> found(SdkHttpResponse answer) {
    Optional<String> size = answer.firstMatchingHeader("Content-Length");
    Optional<String> tag = answer.firstMatchingHeader("ETag");
    Optional<Instant> modified =
        answer.firstMatchingHeader("Last-Modified").flatMap(HttpDate::parse);
    Optional<String> type = answer.firstMatchingHeader("Content-Type");
    return size.isPresent() && tag.isPresent() && modified.isPresent() && type.isPresent()
        ? Optional.of(
            new AssetLinks.Found(Long.parseLong(size.get()), tag.get(), modified.get(), type.get()))
        : Optional.empty();
  }
}
