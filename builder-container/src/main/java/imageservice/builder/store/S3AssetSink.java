package imageservice.builder.store;

import imageservice.formats.blob.Blob;
import imageservice.ledger.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Assets in an S3 bucket. Content goes out in parts, straight from the blob: memory holds one
/// buffer, and a part that must be sent again is read again. Objects are written under
/// `If-None-Match: *`, so the first of several writers wins; as equal keys mean equal content, the
/// others succeed too.
public final class S3AssetSink implements AssetSink {
  /// Bytes of a part; S3 takes 5 MiB at least and 10,000 parts at most.
  static final int PART = 16 << 20;

  private static final String CACHE_CONTROL = "public, max-age=31536000, immutable";
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final Supplier<S3Client> s3;
  private final String bucket;

  /// Takes a client whose request checksums are `WHEN_REQUIRED`.
  public S3AssetSink(Supplier<S3Client> s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  @Override
  public StoredObject put(Target target, Blob content, Progress progress) throws IOException {
    ContentDigest digest = new ContentDigest();
    try {
      if (content.length() <= PART) {
        putWhole(target, content, digest, progress);
      } else {
        putParts(target, content, digest, progress);
      }
    } catch (ContentFailure e) {
      throw e.rethrow();
    } catch (SdkException e) {
      throw ContentFailure.in(e).map(ContentFailure::rethrow).orElseGet(() -> failure(e));
    }
    return new StoredObject(content.length(), digest.of(content));
  }

  @Override
  public boolean copy(String from, Target to) throws IOException {
    try {
      s3.get()
          .copyObject(copy ->
              copy.sourceBucket(bucket)
                  .sourceKey(from)
                  .destinationBucket(bucket)
                  .destinationKey(to.key())
                  .metadataDirective(MetadataDirective.REPLACE)
                  .contentType(to.mediaType())
                  .contentDisposition(disposition(to))
                  .cacheControl(CACHE_CONTROL));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw failure(e);
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  @Override
  public boolean has(String key) throws IOException {
    try {
      return isThere(key);
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  private void putWhole(Target target, Blob content, ContentDigest digest, Progress progress) {
    writeUnlessThere(
        target,
        () ->
            s3.get()
                .putObject(
                    put ->
                        put.bucket(bucket)
                            .key(target.key())
                            .contentType(target.mediaType())
                            .contentDisposition(disposition(target))
                            .cacheControl(CACHE_CONTROL)
                            .ifNoneMatch("*"),
                    body(content, 0, content.length(), digest, progress)));
  }

  private void putParts(Target target, Blob content, ContentDigest digest, Progress progress) {
    String upload =
        s3.get()
            .createMultipartUpload(create ->
                create
                    .bucket(bucket)
                    .key(target.key())
                    .contentType(target.mediaType())
                    .contentDisposition(disposition(target))
                    .cacheControl(CACHE_CONTROL))
            .uploadId();
    boolean complete = false;
    try {
      List<CompletedPart> parts = parts(target, upload, content, digest, progress);
      complete =
          writeUnlessThere(
              target,
              () ->
                  s3.get()
                      .completeMultipartUpload(done ->
                          done.bucket(bucket)
                              .key(target.key())
                              .uploadId(upload)
                              .ifNoneMatch("*")
                              .multipartUpload(all -> all.parts(parts))));
    } finally {
      if (!complete) {
        abort(target, upload);
      }
    }
  }

  private List<CompletedPart> parts(
      Target target, String upload, Blob content, ContentDigest digest, Progress progress) {
    List<CompletedPart> parts = new ArrayList<>();
    for (long offset = 0; offset < content.length(); offset += PART) {
      int number = parts.size() + 1;
      long length = Math.min(PART, content.length() - offset);
      String tag =
          s3.get()
              .uploadPart(
                  part -> part.bucket(bucket).key(target.key()).uploadId(upload).partNumber(number),
                  body(content, offset, length, digest, progress))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }
    return parts;
  }

  private static RequestBody body(
      Blob content, long offset, long length, ContentDigest digest, Progress progress) {
    return RequestBody.fromContentProvider(
        () -> {
          try {
            return new CountedStream(content.open(offset, length), offset, digest, progress);
          } catch (IOException | RuntimeException e) {
            throw new ContentFailure(e);
          }
        },
        length,
        "application/octet-stream");
  }

  /// Writes an object unless it is there; returns whether it wrote. S3 answers 412 where the object
  /// is there, and 409 where another writer was at work: either the object is there by now, or that
  /// writer has failed.
  private boolean writeUnlessThere(Target target, Runnable write) {
    try {
      write.run();
      return true;
    } catch (S3Exception e) {
      boolean there =
          e.statusCode() == PRECONDITION_FAILED
              || (e.statusCode() == CONFLICT && isThere(target.key()));
      if (!there) {
        throw e;
      }
      return false;
    }
  }

  private boolean isThere(String key) {
    try {
      s3.get().headObject(head -> head.bucket(bucket).key(key));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private void abort(Target target, String upload) {
    try {
      s3.get()
          .abortMultipartUpload(abort -> abort.bucket(bucket).key(target.key()).uploadId(upload));
    } catch (SdkException e) {
      // Clients never see the parts that are left; the bucket's lifecycle rule removes them after a
      // day.
    }
  }

  private static String disposition(Target target) {
    return "attachment; filename=\"" + target.fileName() + "\"";
  }

  private StoreException failure(SdkException e) {
    String store = "the asset store (bucket " + bucket + ") ";
    return e instanceof S3Exception refusal
        ? new StoreException(store + "refuses: " + described(refusal), e)
        : new StoreException(store + "cannot be reached: " + rootMessage(e), e);
  }

  private static String described(S3Exception refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    return details == null || details.errorCode() == null
        ? "status " + refusal.statusCode()
        : "status %d, %s: %s"
            .formatted(refusal.statusCode(), details.errorCode(), details.errorMessage());
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
