package imageservice.builder.store;

import imageservice.formats.compress.Crc64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// One multipart upload. S3 computes the object's CRC-64/NVME out of those of its parts, copied
/// ones included, and makes no object of another than it is told. A part that is sent without its
/// own is refused.
final class S3Upload {
  private final Supplier<S3Client> s3;
  private final String bucket;
  private final String key;
  private final String id;

  private S3Upload(Supplier<S3Client> s3, String bucket, String key, String id) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = key;
    this.id = id;
  }

  static S3Upload begin(Supplier<S3Client> s3, String bucket, AssetSink.Target target) {
    String id =
        s3.get()
            .createMultipartUpload(create ->
                create
                    .bucket(bucket)
                    .key(target.key())
                    .contentType(target.mediaType())
                    .contentDisposition(S3Writer.disposition(target))
                    .cacheControl(S3Writer.CACHE_CONTROL)
                    .checksumAlgorithm(ChecksumAlgorithm.CRC64_NVME)
                    .checksumType(ChecksumType.FULL_OBJECT))
            .uploadId();
    return new S3Upload(s3, bucket, target.key(), id);
  }

  CompletedPart send(int number, PartBuffers.Filled part) {
    Crc64 crc = new Crc64(Crc64.Kind.NVME);
    crc.update(part.buffer(), 0, part.length());
    String tag =
        s3.get()
            .uploadPart(
                one ->
                    one.bucket(bucket)
                        .key(key)
                        .uploadId(id)
                        .partNumber(number)
                        .checksumCRC64NVME(S3Writer.text(crc.value())),
                S3Writer.body(part))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  /// S3 takes a range of objects of more than 5 MiB only.
  CompletedPart copy(int number, Part.Copied part) {
    String tag =
        s3.get()
            .uploadPartCopy(one ->
                one.sourceBucket(bucket)
                    .sourceKey(part.from().key())
                    .copySourceRange(part.isAllOfItsOrigin() ? null : range(part))
                    .destinationBucket(bucket)
                    .destinationKey(key)
                    .uploadId(id)
                    .partNumber(number))
            .copyPartResult()
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  /// Makes the object.
  ///
  /// @param condition of `If-None-Match`, none to write in any case
  /// @param crc that the object must have, in S3's form; none where it is not known
  void complete(List<CompletedPart> parts, @Nullable String condition, Optional<String> crc) {
    s3.get()
        .completeMultipartUpload(done -> {
          done.bucket(bucket)
              .key(key)
              .uploadId(id)
              .ifNoneMatch(condition)
              .multipartUpload(all -> all.parts(parts));
          crc.ifPresent(
              value -> done.checksumType(ChecksumType.FULL_OBJECT).checksumCRC64NVME(value));
        });
  }

  /// Clients never see the parts that are left where this fails; the bucket's lifecycle rule
  /// removes them after a day.
  void abort() {
    try {
      s3.get().abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(id));
    } catch (SdkException e) {
      // see above
    }
  }

  private static String range(Part.Copied part) {
    return "bytes=%d-%d".formatted(part.fromOffset(), part.fromOffset() + part.length() - 1);
  }
}
