package imageservice.functions.asset;

import imageservice.plan.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Links to objects of an S3 bucket, signed for an hour. A link made for GET answers HEAD with 403,
/// so each method has its own.
public final class S3AssetLinks implements AssetLinks {
  private static final String ATTRIBUTE_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private static final Duration VALID = Duration.ofHours(1);

  private final S3Client s3;
  private final S3Presigner presigner;
  private final String bucket;

  public S3AssetLinks(S3Client s3, S3Presigner presigner, String bucket) {
    this.s3 = s3;
    this.presigner = presigner;
    this.bucket = bucket;
  }

  @Override
  public String presign(ObjectKey key, Method method, Optional<String> fileName) {
    Optional<String> disposition = fileName.map(S3AssetLinks::disposition);
    return switch (method) {
      case GET -> {
        GetObjectRequest.Builder get = GetObjectRequest.builder().bucket(bucket).key(key.value());
        disposition.ifPresent(get::responseContentDisposition);
        yield presigner
            .presignGetObject(sign -> sign.signatureDuration(VALID).getObjectRequest(get.build()))
            .url()
            .toString();
      }
      case HEAD -> {
        HeadObjectRequest.Builder head =
            HeadObjectRequest.builder().bucket(bucket).key(key.value());
        disposition.ifPresent(head::responseContentDisposition);
        yield presigner
            .presignHeadObject(
                sign -> sign.signatureDuration(VALID).headObjectRequest(head.build()))
            .url()
            .toString();
      }
    };
  }

  @Override
  public boolean exists(ObjectKey key) throws IOException {
    try {
      s3.headObject(head -> head.bucket(bucket).key(key.value()));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return false;
      }
      throw new IOException("S3 bucket " + bucket + ": " + e.getMessage(), e);
    } catch (SdkException e) {
      throw new IOException("S3 bucket " + bucket + ": " + e.getMessage(), e);
    }
  }

  /// RFC 6266: a plain name in quotes, and the true one in UTF-8 where they differ.
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
