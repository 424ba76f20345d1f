package imageservice.builder.store;

import imageservice.formats.blob.Blob;
import imageservice.ledger.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/// Assets in an S3 bucket. Long runs of content that the bucket has as objects of their own are
/// copied there; the rest is sent.
public final class S3AssetSink implements AssetSink {
  private final Supplier<S3Client> s3;
  private final String bucket;
  private final S3Writer writer;
  private final Origins origins;

  /// Sends all that it stores.
  ///
  /// @param s3 whose request checksums are `WHEN_REQUIRED`
  /// @param fresh age from which on an object is written anew, as the bucket removes objects by age
  public S3AssetSink(
      Supplier<S3Client> s3,
      String bucket,
      PartBuffers buffers,
      InstantSource clock,
      Duration fresh) {
    this(s3, bucket, new S3Writer(s3, bucket, buffers, clock, fresh), Origins.none());
  }

  S3AssetSink(Supplier<S3Client> s3, String bucket, S3Writer writer, Origins origins) {
    this.s3 = s3;
    this.bucket = bucket;
    this.writer = writer;
    this.origins = origins;
  }

  /// Material that was found in the bucket may be gone since, or damaged; then it is sent again.
  @Override
  public StoredObject put(Target target, Blob content, Progress progress) throws IOException {
    try {
      return write(target, content, progress);
    } catch (SdkException e) {
      if (!S3Failure.isOfCopying(e)) {
        throw S3Failure.of(e);
      }
    }
    origins.gone();
    try {
      return write(target, content, progress);
    } catch (SdkException e) {
      throw S3Failure.of(e);
    }
  }

  @Override
  public boolean copy(String from, long size, Target to) throws IOException {
    try {
      Optional<HeadObjectResponse> source = writer.find(from);
      if (source.isEmpty() || source.get().contentLength() != size) {
        return false;
      }
      if (size > PartPlan.COPIED) {
        copyParts(new Origin(from, size), to);
      } else {
        copyWhole(from, to);
      }
      return true;
    } catch (SdkException e) {
      if (S3Failure.isStatus(e, S3Failure.NOT_FOUND)) {
        return false;
      }
      throw S3Failure.of(e);
    }
  }

  @Override
  public boolean has(String key, long size) throws IOException {
    try {
      return writer.isGood(writer.find(key), size);
    } catch (SdkException e) {
      throw S3Failure.of(e);
    }
  }

  private StoredObject write(Target target, Blob content, Progress progress) throws IOException {
    return writer.write(target, content, PartPlan.of(content, origins), progress);
  }

  private void copyWhole(String from, Target to) {
    s3.get()
        .copyObject(copy ->
            copy.sourceBucket(bucket)
                .sourceKey(from)
                .destinationBucket(bucket)
                .destinationKey(to.key())
                .metadataDirective(MetadataDirective.REPLACE)
                .contentType(to.mediaType())
                .contentDisposition(S3Writer.disposition(to))
                .cacheControl(S3Writer.CACHE_CONTROL));
  }

  /// Several parts at once, as one copy is slow, and for objects of more than 5 GiB the only way.
  private void copyParts(Origin from, Target to) throws IOException {
    S3Upload upload = writer.begin(to);
    boolean copied = false;
    try (Sending<CompletedPart> sending = new Sending<>()) {
      for (Part part : PartPlan.ofCopy(from)) {
        int number = sending.next();
        sending.begin(part.length(), () -> upload.copy(number, (Part.Copied) part));
      }
      List<CompletedPart> parts = sending.results(bytes -> {});
      writer.complete(upload, to.key(), from.size(), parts, Optional.empty());
      copied = true;
    } finally {
      if (!copied) {
        upload.abort();
      }
    }
  }
}
