package imageservice.local;

import imageservice.functions.http.Validators;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// S3's protocol over a folder, on a port of the loopback interface that is for this process alone:
/// the builder stores assets by it, the gateway sends them by their files.
final class ObjectServer implements AutoCloseable {
  static final String BUCKET = "assets";

  static final Region REGION = Region.US_EAST_1;

  private final S3Proxy proxy;
  private final BlobStore store;
  private final Path folder;
  private final URI endpoint;
  private final StaticCredentialsProvider credentials;

  private ObjectServer(S3Proxy proxy, BlobStore store, Path folder, Credentials credentials) {
    this.proxy = proxy;
    this.store = store;
    this.folder = folder;
    this.endpoint = URI.create("http://127.0.0.1:" + proxy.getPort());
    this.credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(credentials.user(), credentials.secret()));
  }

  /// Starts the server over the bucket in the folder, and makes an empty one where there is none.
  static ObjectServer start(Path folder, Credentials credentials) throws CommandException {
    try {
      Files.createDirectories(folder);
      ObjectFolder.sweep(folder);
      BlobStore store = new FilesystemNio2BlobStore(folder.toAbsolutePath().toString());
      S3Proxy proxy =
          S3Proxy.builder()
              .blobStore(store)
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(
                  AuthenticationType.AWS_V4, credentials.user(), credentials.secret())
              .ignoreUnknownHeaders(true)
              .v4MaxNonChunkedRequestSize(32L << 20)
              .build();
      proxy.start();
      ObjectServer server = new ObjectServer(proxy, store, folder, credentials);
      server.prepareBucket();
      return server;
    } catch (Exception e) {
      throw new CommandException("the object store in " + folder + " cannot be started: " + e);
    }
  }

  /// The file of an object in the bucket.
  Optional<StoredFile> find(String key) throws IOException {
    try {
      return Optional.ofNullable(store.blobMetadataIfPresent(BUCKET, key))
          .map(object ->
              new StoredFile(
                  folder.resolve(BUCKET, key),
                  object.contentLength(),
                  headers(object),
                  new Validators(
                      Optional.ofNullable(object.eTag()).map(ObjectServer::quoted),
                      Optional.of(object.lastModified().truncatedTo(ChronoUnit.SECONDS)))));
    } catch (SdkException e) {
      throw new IOException("the object " + key + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> headers(HeadObjectResponse object) {
    Map<String, String> headers = new HashMap<>();
    headers.put("content-type", object.contentType());
    headers.put("content-disposition", object.contentDisposition());
    headers.put("cache-control", object.cacheControl());
    headers.values().removeIf(Objects::isNull);
    return headers;
  }

  /// The store leaves the quotes of an entity tag out.
  private static String quoted(String tag) {
    return tag.startsWith("\"") ? tag : "\"" + tag + "\"";
  }

  S3Client client() {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(REGION)
        .credentialsProvider(credentials)
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  /// Signs links for the host of [ObjectLinks].
  S3Presigner presigner() {
    return S3Presigner.builder()
        .endpointOverride(ObjectLinks.SIGNED_HOST)
        .region(REGION)
        .credentialsProvider(credentials)
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  @Override
  public void close() throws IOException {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IOException("the object store does not stop: " + e.getMessage(), e);
    }
  }

  private void prepareBucket() {
    try (S3Client s3 = client()) {
      s3.createBucket(create -> create.bucket(BUCKET));
    } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException e) {
      // The bucket exists from the second start on.
    }
  }
}
