package imageservice.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// S3's protocol over a folder, on the loopback interface, with signatures checked. The service
/// redirects clients to it, and the builder stores assets in it.
final class ObjectServer implements AutoCloseable {
  static final String BUCKET = "assets";

  private static final Region REGION = Region.US_EAST_1;

  private final S3Proxy proxy;
  private final URI endpoint;
  private final StaticCredentialsProvider credentials;

  private ObjectServer(S3Proxy proxy, URI endpoint, Credentials credentials) {
    this.proxy = proxy;
    this.endpoint = endpoint;
    this.credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(credentials.user(), credentials.secret()));
  }

  /// Starts the server over the bucket in the folder, and makes an empty one where there is none.
  ///
  /// @param port 0 for any that is free
  static ObjectServer start(Path folder, Credentials credentials, int port)
      throws CommandException {
    try {
      Files.createDirectories(folder);
      ObjectFolder.sweep(folder);
      S3Proxy proxy =
          S3Proxy.builder()
              .blobStore(new FilesystemNio2BlobStore(folder.toAbsolutePath().toString()))
              .endpoint(URI.create("http://127.0.0.1:" + port))
              .awsAuthentication(
                  AuthenticationType.AWS_V4, credentials.user(), credentials.secret())
              .ignoreUnknownHeaders(true)
              .v4MaxNonChunkedRequestSize(32L << 20)
              .build();
      proxy.start();
      ObjectServer server =
          new ObjectServer(proxy, URI.create("http://127.0.0.1:" + proxy.getPort()), credentials);
      server.prepareBucket();
      return server;
    } catch (Exception e) {
      String at = port == 0 ? "" : " on --object-port " + port;
      throw new CommandException(
          "the object store in " + folder + " cannot be started" + at + ": " + e);
    }
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

  /// Signs links.
  ///
  /// @param host under which clients reach the port, where it is not the loopback address; the
  ///   signature covers their `Host` header
  S3Presigner presigner(Optional<URI> host) {
    return S3Presigner.builder()
        .endpointOverride(host.orElse(endpoint))
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
