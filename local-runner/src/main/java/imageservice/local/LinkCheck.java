package imageservice.local;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// Checks links that [ObjectLinks] made: a link is genuine where S3's signer, told its method,
/// path, parameters and date, makes the very same one.
final class LinkCheck {
  private static final String DATE = "X-Amz-Date";
  private static final String EXPIRES = "X-Amz-Expires";
  private static final String DISPOSITION = "response-content-disposition";
  private static final Map<String, SdkHttpMethod> METHODS =
      Map.of("GET", SdkHttpMethod.GET, "HEAD", SdkHttpMethod.HEAD);
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

  private static final String AGAIN = "; request the asset's own address again for another link";

  private final AwsCredentialsIdentity credentials;
  private final InstantSource clock;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  LinkCheck(Credentials credentials, InstantSource clock) {
    this.credentials = AwsBasicCredentials.create(credentials.user(), credentials.secret());
    this.clock = clock;
  }

  /// What a link comes to.
  sealed interface Outcome {}

  /// @param key of the object
  /// @param disposition the header `Content-Disposition` that the link asks for
  record Granted(String key, Optional<String> disposition) implements Outcome {}

  /// @param detail why, and what to do
  record Refused(String detail) implements Outcome {}

  /// @param path as the client sent it, with its escapes
  /// @param query as the client sent it
  Outcome check(String method, String path, String query) {
    Map<String, List<String>> given = parameters(query);
    Optional<Instant> signed = single(given, DATE).flatMap(LinkCheck::instant);
    Optional<Duration> valid = single(given, EXPIRES).flatMap(LinkCheck::seconds);
    if (signed.isEmpty()
        || valid.isEmpty()
        || !isGenuine(method, path, given, signed.get(), valid.get())) {
      return new Refused("this link is not signed for what is asked of it" + AGAIN);
    }
    Instant end = signed.get().plus(valid.get());
    return clock.instant().isAfter(end)
        ? new Refused("this link ended at " + end + AGAIN)
        : new Granted(key(path), single(given, DISPOSITION));
  }

  private boolean isGenuine(
      String method, String path, Map<String, List<String>> given, Instant signed, Duration valid) {
    Map<String, List<String>> own = new TreeMap<>(given);
    own.keySet().removeIf(name -> name.startsWith("X-Amz-"));
    return Optional.ofNullable(METHODS.get(method))
        .filter(known -> isSame(given, sign(known, path, own, signed, valid)))
        .isPresent();
  }

  private Map<String, List<String>> sign(
      SdkHttpMethod method,
      String path,
      Map<String, List<String>> parameters,
      Instant signed,
      Duration valid) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(method)
            .uri(ObjectLinks.SIGNED_HOST)
            .encodedPath(path)
            .rawQueryParameters(parameters)
            .build();
    return signer
        .sign(sign ->
            sign.identity(credentials)
                .request(request)
                .putProperty(AwsV4HttpSigner.REGION_NAME, ObjectStore.REGION.id())
                .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(
                    AwsV4FamilyHttpSigner.AUTH_LOCATION,
                    AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, valid)
                .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(signed, ZoneOffset.UTC)))
        .request()
        .rawQueryParameters();
  }

  /// In a time that does not tell how much of a signature was right.
  private static boolean isSame(
      Map<String, List<String>> given, Map<String, List<String>> genuine) {
    return MessageDigest.isEqual(bytes(given), bytes(genuine));
  }

  private static byte[] bytes(Map<String, List<String>> parameters) {
    return new TreeMap<>(parameters).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, List<String>> parameters(String query) {
    return SdkHttpUtils.uriParams(URI.create(ObjectLinks.SIGNED_HOST + "/?" + query));
  }

  private static Optional<String> single(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, BASIC).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /// At most a week, S3's own limit.
  private static Optional<Duration> seconds(String text) {
    return text.matches("[1-9][0-9]{0,5}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
            .filter(valid -> valid.compareTo(Duration.ofDays(7)) <= 0)
        : Optional.empty();
  }

  private static String key(String path) {
    return SdkHttpUtils.urlDecode(path.substring(ObjectLinks.PATH.length()).replace("+", "%2B"));
  }
}
