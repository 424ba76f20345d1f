package imageservice.builder.store;

import imageservice.formats.blob.Blob;
import imageservice.ledger.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Assets in an S3 bucket. Objects are written under `If-None-Match: *`, so the first of several
/// writers wins; as equal keys mean equal content, the others succeed too. An object of another
/// size, or one that the bucket would soon remove, is written anew.
public final class S3AssetSink implements AssetSink {
  private static final String CACHE_CONTROL = "public, max-age=31536000, immutable";
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final Supplier<S3Client> s3;
  private final String bucket;
  private final PartBuffers buffers;
  private final InstantSource clock;
  private final Duration fresh;

  /// Takes a client whose request checksums are `WHEN_REQUIRED`.
  ///
  /// @param fresh age from which on an object is written anew, as the bucket removes objects by age
  public S3AssetSink(
      Supplier<S3Client> s3,
      String bucket,
      PartBuffers buffers,
      InstantSource clock,
      Duration fresh) {
    this.s3 = s3;
    this.bucket = bucket;
    this.buffers = buffers;
    this.clock = clock;
    this.fresh = fresh;
  }

  @Override
  public StoredObject put(Target target, Blob content, Progress progress) throws IOException {
    Outgoing outgoing = new Outgoing(content, buffers, progress);
    try {
      if (outgoing.isOnePart()) {
        putWhole(target, content.length(), outgoing);
      } else {
        putParts(target, content.length(), outgoing);
      }
    } catch (SdkException e) {
      throw failure(e);
    }
    return new StoredObject(content.length(), outgoing.digest());
  }

  @Override
  public boolean copy(String from, long size, Target to) throws IOException {
    try {
      Optional<HeadObjectResponse> source = find(from);
      if (source.isEmpty() || source.get().contentLength() != size) {
        return false;
      }
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
  public boolean has(String key, long size) throws IOException {
    try {
      return isGood(find(key), size);
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  private void putWhole(Target target, long length, Outgoing outgoing) throws IOException {
    outgoing.send((number, part) ->
        writeUnlessThere(
            target,
            length,
            condition ->
                s3.get()
                    .putObject(
                        put ->
                            put.bucket(bucket)
                                .key(target.key())
                                .contentType(target.mediaType())
                                .contentDisposition(disposition(target))
                                .cacheControl(CACHE_CONTROL)
                                .ifNoneMatch(condition),
                        body(part))));
  }

  private void putParts(Target target, long length, Outgoing outgoing) throws IOException {
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
      List<CompletedPart> parts =
          outgoing.send((number, part) -> send(target, upload, number, part));
      complete =
          writeUnlessThere(
              target,
              length,
              condition ->
                  s3.get()
                      .completeMultipartUpload(done ->
                          done.bucket(bucket)
                              .key(target.key())
                              .uploadId(upload)
                              .ifNoneMatch(condition)
                              .multipartUpload(all -> all.parts(parts))));
    } finally {
      if (!complete) {
        abort(target, upload);
      }
    }
  }

  private CompletedPart send(Target target, String upload, int number, Outgoing.Part part) {
    String tag =
        s3.get()
            .uploadPart(
                one -> one.bucket(bucket).key(target.key()).uploadId(upload).partNumber(number),
                body(part))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  private static RequestBody body(Outgoing.Part part) {
    return RequestBody.fromContentProvider(part::open, part.length(), "application/octet-stream");
  }

  /// Writes an object unless a good one is there; returns whether it wrote. S3 answers 412 where an
  /// object is there, and 409 where another writer was at work: either the object is there by now,
  /// or that writer has failed.
  ///
  /// @param write takes the value of `If-None-Match`, or null to write in any case
  private boolean writeUnlessThere(Target target, long length, Consumer<@Nullable String> write) {
    try {
      write.accept("*");
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() != PRECONDITION_FAILED && e.statusCode() != CONFLICT) {
        throw e;
      }
      if (isGood(find(target.key()), length)) {
        return false;
      }
      if (e.statusCode() == CONFLICT) {
        throw e;
      }
    }
    write.accept(null);
    return true;
  }

  /// Whether an object is whole, and stays in the bucket for as long as a record of it is good.
  private boolean isGood(Optional<HeadObjectResponse> object, long size) {
    return object
        .filter(found -> found.contentLength() == size)
        .filter(found -> found.lastModified().plus(fresh).isAfter(clock.instant()))
        .isPresent();
  }

  private Optional<HeadObjectResponse> find(String key) {
    try {
      return Optional.of(s3.get().headObject(head -> head.bucket(bucket).key(key)));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
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
    return e instanceof S3Exception refusal
        ? new StoreException("the asset store refuses: " + described(refusal), e)
        : new StoreException("the asset store cannot be reached", e);
  }

  /// Status and code: the service's own words can name bucket, account and role.
  private static String described(S3Exception refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    return details == null || details.errorCode() == null
        ? "status " + refusal.statusCode()
        : "status %d, %s".formatted(refusal.statusCode(), details.errorCode());
  }
}
