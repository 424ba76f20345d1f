package imageservice.local;

import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// S3 over a folder, without a wire: the requests that this service makes are carried out by the
/// store itself. Bytes that went to it by HTTP would be copied through a socket and hashed twice
/// more for signatures, which took longer than building an asset and writing it.
final class FolderS3 implements S3Client {
  private static final int NOT_FOUND = 404;
  private static final int FAILED = 500;

  private final BlobStore store;

  /// Uploads under way, by their ids. What those of an earlier process left is swept at the start.
  private final Map<String, MultipartUpload> uploads = new ConcurrentHashMap<>();

  FolderS3(BlobStore store) {
    this.store = store;
  }

  @Override
  public PutObjectResponse putObject(PutObjectRequest put, RequestBody body) {
    PutObjectRequest sized = put.toBuilder().contentLength(length(body)).build();
    return carriedOut(() -> {
      try (InputStream in = body.contentStreamProvider().newStream()) {
        return store.putBlob(sized, in);
      }
    });
  }

  @Override
  public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest create) {
    MultipartUpload upload = carriedOut(() -> store.initiateMultipartUpload(create));
    uploads.put(upload.id(), upload);
    return CreateMultipartUploadResponse.builder().uploadId(upload.id()).build();
  }

  @Override
  public UploadPartResponse uploadPart(UploadPartRequest part, RequestBody body) {
    MultipartUpload upload = upload(part.uploadId());
    UploadPartRequest sized = part.toBuilder().contentLength(length(body)).build();
    return carriedOut(() -> {
      try (InputStream in = body.contentStreamProvider().newStream()) {
        return store.uploadMultipartPart(upload, sized, in);
      }
    });
  }

  @Override
  public UploadPartCopyResponse uploadPartCopy(UploadPartCopyRequest copy) {
    MultipartUpload upload = upload(copy.uploadId());
    GetObjectRequest range =
        GetObjectRequest.builder()
            .bucket(copy.sourceBucket())
            .key(copy.sourceKey())
            .range(copy.copySourceRange())
            .build();
    return carriedOut(() -> {
      try (ResponseInputStream<GetObjectResponse> in = store.getBlob(range)) {
        UploadPartRequest part =
            UploadPartRequest.builder()
                .partNumber(copy.partNumber())
                .contentLength(in.response().contentLength())
                .build();
        String tag = store.uploadMultipartPart(upload, part, in).eTag();
        return UploadPartCopyResponse.builder().copyPartResult(result -> result.eTag(tag)).build();
      }
    });
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      CompleteMultipartUploadRequest complete) {
    MultipartUpload upload = upload(complete.uploadId());
    CompleteMultipartUploadResponse completed =
        carriedOut(() -> store.completeMultipartUpload(upload, complete));
    uploads.remove(upload.id());
    return completed;
  }

  @Override
  public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest abort) {
    MultipartUpload upload = upload(abort.uploadId());
    return carriedOut(() -> {
      store.abortMultipartUpload(upload);
      uploads.remove(upload.id());
      return AbortMultipartUploadResponse.builder().build();
    });
  }

  @Override
  public HeadObjectResponse headObject(HeadObjectRequest head) {
    return carriedOut(() -> Optional.ofNullable(store.blobMetadataIfPresent(head)))
        .map(FolderS3::tagged)
        .orElseThrow(() ->
            NoSuchKeyException.builder().statusCode(NOT_FOUND).message("no such key").build());
  }

  @Override
  public <T> T getObject(
      GetObjectRequest get, ResponseTransformer<GetObjectResponse, T> transformer) {
    return carriedOut(() -> {
      try (ResponseInputStream<GetObjectResponse> found = store.getBlob(get)) {
        return transformer.transform(found.response(), AbortableInputStream.create(found));
      }
    });
  }

  @Override
  public CopyObjectResponse copyObject(CopyObjectRequest copy) {
    return carriedOut(() -> store.copyBlob(copy));
  }

  @Override
  public DeleteObjectResponse deleteObject(DeleteObjectRequest delete) {
    return carriedOut(() -> store.removeBlob(delete));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /// The store is closed by whoever opened it.
  @Override
  public void close() {}

  /// The store leaves the quotes of an entity tag out.
  static HeadObjectResponse tagged(HeadObjectResponse head) {
    return Optional.ofNullable(head.eTag())
        .filter(tag -> !tag.startsWith("\""))
        .map(tag -> head.toBuilder().eTag("\"" + tag + "\"").build())
        .orElse(head);
  }

  private MultipartUpload upload(String id) {
    return Optional.ofNullable(uploads.get(id))
        .orElseThrow(() ->
            NoSuchUploadException.builder()
                .statusCode(NOT_FOUND)
                .message("no such upload")
                .build());
  }

  private static long length(RequestBody body) {
    return body.optionalContentLength().orElseThrow();
  }

  /// Whatever goes wrong with the folder is the store's own failure, told as S3 tells it; what it
  /// was is in the cause alone, as it names files of the machine.
  private static <T> T carriedOut(Callable<T> request) {
    try {
      return request.call();
    } catch (SdkException e) {
      throw e;
    } catch (Exception e) {
      throw S3Exception.builder()
          .statusCode(FAILED)
          .awsErrorDetails(AwsErrorDetails.builder().errorCode("InternalError").build())
          .message("the folder of objects cannot be used")
          .cause(e)
          .build();
    }
  }
}
