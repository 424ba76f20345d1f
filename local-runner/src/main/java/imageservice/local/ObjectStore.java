package imageservice.local;

import imageservice.functions.asset.AssetLinks;
import imageservice.functions.asset.S3AssetLinks;
import imageservice.functions.asset.S3ClientObjects;
import imageservice.functions.asset.S3LinkSigner;
import imageservice.functions.http.Validators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/// The folder of objects: the builder stores assets by S3's requests, the gateway sends them by
/// their files.
final class ObjectStore implements AutoCloseable {
  static final String BUCKET = "assets";

  static final Region REGION = Region.US_EAST_1;

  private final BlobStore store;
  private final Path folder;
  private final StaticCredentialsProvider credentials;

  private ObjectStore(BlobStore store, Path folder, Credentials credentials) {
    this.store = store;
    this.folder = folder;
    this.credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(credentials.user(), credentials.secret()));
  }

  /// Opens the folder with its bucket, and makes an empty one where there is none.
  ///
  /// @param credentials that links are signed with
  static ObjectStore open(Path folder, Credentials credentials) throws CommandException {
    try {
      Files.createDirectories(folder);
      ObjectFolder.sweep(folder);
      BlobStore store = new FilesystemNio2BlobStore(folder.toAbsolutePath().toString());
      if (!store.containerExists(BUCKET)) {
        store.createContainer(BUCKET);
      }
      return new ObjectStore(store, folder, credentials);
    } catch (IOException | RuntimeException e) {
      throw new CommandException("the object store in " + folder + " cannot be opened: " + e);
    }
  }

  /// The file of an object in the bucket.
  Optional<StoredFile> find(String key) throws IOException {
    try {
      return Optional.ofNullable(store.blobMetadataIfPresent(BUCKET, key))
          .map(FolderS3::tagged)
          .map(object ->
              new StoredFile(
                  new FileBytes(folder.resolve(BUCKET, key)),
                  object.contentLength(),
                  headers(object),
                  new Validators(
                      Optional.ofNullable(object.eTag()),
                      Optional.of(object.lastModified().truncatedTo(ChronoUnit.SECONDS)))));
    } catch (SdkException e) {
      throw new IOException("the object " + key + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// What it was stored with.
  static Map<String, String> headers(HeadObjectResponse object) {
    Map<String, String> headers = new HashMap<>();
    headers.put("content-type", object.contentType());
    headers.put("content-disposition", object.contentDisposition());
    headers.put("cache-control", object.cacheControl());
    headers.values().removeIf(Objects::isNull);
    return headers;
  }

  S3Client client() {
    return new FolderS3(store, folder);
  }

  /// Links for the host of [ObjectLinks], and what is there of their objects.
  AssetLinks links(S3Client s3) {
    return new S3AssetLinks(
        S3LinkSigner.at(ObjectLinks.SIGNED_HOST, BUCKET, REGION, credentials),
        new S3ClientObjects(() -> s3, BUCKET));
  }

  @Override
  public void close() {
    store.close();
  }
}
