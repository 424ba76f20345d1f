package imageservice.functions.asset;

import imageservice.asset.AssetAddress;
import imageservice.asset.ContentAddress;
import imageservice.ledger.AwsFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Presigned links to assets in an S3 bucket, valid for some time. S3 answers HEAD with 403 where
/// the link was signed for GET, so each method has its own link.
public final class S3AssetLinks implements AssetLinks {
  /// `unreserved` of RFC 3986, 2.3; RFC 8187, 3.2.1 allows all of them unencoded in `filename*`.
  private static final String ATTRIBUTE_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private static final int NOT_FOUND = 404;

  /// How long a link is valid where nobody says otherwise.
  public static final Duration STANDARD_VALIDITY = Duration.ofHours(1);

  private final Supplier<S3Client> s3;
  private final Supplier<S3Presigner> presigner;
  private final String bucket;
  private final Duration validity;

  /// Links of the standard validity.
  public S3AssetLinks(Supplier<S3Client> s3, Supplier<S3Presigner> presigner, String bucket) {
    this(s3, presigner, bucket, STANDARD_VALIDITY);
  }

  public S3AssetLinks(
      Supplier<S3Client> s3, Supplier<S3Presigner> presigner, String bucket, Duration validity) {
    this.s3 = s3;
    this.presigner = presigner;
    this.bucket = bucket;
    this.validity = validity;
  }

  @Override
  public String presign(AssetAddress address, Method method, Optional<String> fileName) {
    Optional<String> disposition = fileName.map(S3AssetLinks::disposition);
    return switch (method) {
      case GET -> {
        GetObjectRequest.Builder get =
            GetObjectRequest.builder().bucket(bucket).key(address.toString());
        disposition.ifPresent(get::responseContentDisposition);
        yield presigner
            .get()
            .presignGetObject(
                sign -> sign.signatureDuration(validity).getObjectRequest(get.build()))
            .url()
            .toString();
      }
      case HEAD -> {
        HeadObjectRequest.Builder head =
            HeadObjectRequest.builder().bucket(bucket).key(address.toString());
        disposition.ifPresent(head::responseContentDisposition);
        yield presigner
            .get()
            .presignHeadObject(
                sign -> sign.signatureDuration(validity).headObjectRequest(head.build()))
            .url()
            .toString();
      }
    };
  }

  @Override
  public Optional<Found> find(AssetAddress address) throws IOException {
    return head(address.toString())
        .map(object ->
            new Found(
                object.contentLength(),
                object.eTag(),
                object.lastModified(),
                object.contentType()));
  }

  @Override
  public OptionalLong size(ContentAddress address) throws IOException {
    Optional<HeadObjectResponse> object = head(address.toString());
    return object.isPresent()
        ? OptionalLong.of(object.get().contentLength())
        : OptionalLong.empty();
  }

  private Optional<HeadObjectResponse> head(String key) throws IOException {
    try {
      return Optional.of(s3.get().headObject(head -> head.bucket(bucket).key(key)));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw AwsFailure.of("the asset store", e);
    } catch (SdkException e) {
      throw AwsFailure.of("the asset store", e);
    }
  }

  /// `Content-Disposition` (RFC 6266, 4.3): `filename` in ASCII, and `filename*` in UTF-8 where the
  /// two differ.
  static String disposition(String fileName) {
    StringBuilder plain = new StringBuilder();
    StringBuilder encoded = new StringBuilder();
    for (byte b : fileName.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean isAscii = c >= ' ' && c < 0x7F && c != '"' && c != '\\';
      plain.append(isAscii ? c : '_');
      encoded.append(ATTRIBUTE_CHARACTERS.indexOf(c) >= 0 ? c : "%%%02X".formatted((int) c));
    }
    String quoted = "attachment; filename=\"" + plain + "\"";
    return plain.toString().equals(fileName) ? quoted : quoted + "; filename*=UTF-8''" + encoded;
  }
}
