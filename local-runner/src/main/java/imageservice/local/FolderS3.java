package imageservice.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
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
import software.amazon.awssdk.services.s3.model.CompletedPart;
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
/// more for signatures, which took longer than building an asset and writing it. Objects of several
/// parts are put together here, as the store would write the zeros of disk images.
final class FolderS3 implements S3Client {
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int FAILED = 500;

  private final BlobStore store;
  private final Path folder;

  /// Uploads under way, by their ids. What those of an earlier process left is swept at the start.
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

  /// Of uploads that began.
  private final AtomicLong count = new AtomicLong();

  private record Upload(String id, CreateMultipartUploadRequest object, FolderUpload parts) {}

  /// @param folder that the store has its buckets in
  FolderS3(BlobStore store, Path folder) {
    this.store = store;
    this.folder = folder;
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
    String id = new UUID(0, count.incrementAndGet()).toString();
    Path parts = folder.resolve(create.bucket(), ObjectFolder.UPLOADS + id);
    uploads.put(id, carriedOut(() -> new Upload(id, create, FolderUpload.in(parts))));
    return CreateMultipartUploadResponse.builder().uploadId(id).build();
  }

  @Override
  public UploadPartResponse uploadPart(UploadPartRequest part, RequestBody body) {
    Upload upload = upload(part.uploadId());
    return carriedOut(() -> {
      try (InputStream in = body.contentStreamProvider().newStream()) {
        String tag = upload.parts().add(part.partNumber(), in);
        return UploadPartResponse.builder().eTag(tag).build();
      }
    });
  }

  @Override
  public UploadPartCopyResponse uploadPartCopy(UploadPartCopyRequest copy) {
    Upload upload = upload(copy.uploadId());
    GetObjectRequest range =
        GetObjectRequest.builder()
            .bucket(copy.sourceBucket())
            .key(copy.sourceKey())
            .range(copy.copySourceRange())
            .build();
    return carriedOut(() -> {
      try (ResponseInputStream<GetObjectResponse> in = store.getBlob(range)) {
        String tag = upload.parts().add(copy.partNumber(), in);
        return UploadPartCopyResponse.builder().copyPartResult(result -> result.eTag(tag)).build();
      }
    });
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      CompleteMultipartUploadRequest complete) {
    Upload upload = upload(complete.uploadId());
    List<Integer> numbers =
        complete.multipartUpload().parts().stream().map(CompletedPart::partNumber).toList();
    return carriedOut(() -> {
      String tag = put(upload, numbers, complete.ifNoneMatch() != null);
      uploads.remove(upload.id());
      upload.parts().remove();
      return CompleteMultipartUploadResponse.builder().eTag(tag).build();
    });
  }

  @Override
  public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest abort) {
    Upload upload = upload(abort.uploadId());
    return carriedOut(() -> {
      uploads.remove(upload.id());
      upload.parts().remove();
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

  private String put(Upload upload, List<Integer> numbers, boolean onlyFirst) throws IOException {
    StagedObject staged = stage(upload);
    try {
      String tag = upload.parts().writeTo(staged.file(), numbers);
      staged.tag(tag);
      if (!onlyFirst) {
        staged.publish();
      } else if (!staged.publishFirst()) {
        throw failure(PRECONDITION_FAILED, "PreconditionFailed", "the object is there").build();
      }
      return tag;
    } finally {
      staged.remove();
    }
  }

  /// The store writes an empty object with all headers.
  private StagedObject stage(Upload upload) {
    CreateMultipartUploadRequest object = upload.object();
    String key = object.key() + "-" + upload.id();
    store.putBlob(
        PutObjectRequest.builder()
            .bucket(object.bucket())
            .key(key)
            .contentType(object.contentType())
            .contentDisposition(object.contentDisposition())
            .cacheControl(object.cacheControl())
            .contentLength(0L)
            .build(),
        InputStream.nullInputStream());
    return new StagedObject(
        folder.resolve(object.bucket(), key), folder.resolve(object.bucket(), object.key()));
  }

  private Upload upload(String id) {
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
      throw failure(FAILED, "InternalError", "the folder of objects cannot be used")
          .cause(e)
          .build();
    }
  }

  private static AwsServiceException.Builder failure(int status, String code, String message) {
    return S3Exception.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .message(message);
  }
}
