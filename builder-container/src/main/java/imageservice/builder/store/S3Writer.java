package imageservice.builder.store;

import imageservice.formats.blob.Blob;
import imageservice.ledger.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Writes objects of a bucket under `If-None-Match: *`, so the first of several writers wins; as
/// equal keys mean equal content, the others succeed too. An object of another size, or one that
/// the bucket would soon remove, is written anew. S3 is told the CRC-64/NVME of each object, and
/// makes none that has another.
final class S3Writer {
  static final String CACHE_CONTROL = "public, max-age=31536000, immutable";

  private final Supplier<S3Client> s3;
  private final String bucket;
  private final PartBuffers buffers;
  private final InstantSource clock;
  private final Duration fresh;

  S3Writer(
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

  PartBuffers buffers() {
    return buffers;
  }

  S3Upload begin(AssetSink.Target target) {
    return S3Upload.begin(s3, bucket, target);
  }

  /// Writes content part by part.
  StoredObject write(
      AssetSink.Target target, Blob content, List<Part> parts, AssetSink.Progress progress)
      throws IOException {
    try (Outgoing outgoing = new Outgoing(content, buffers, progress, target.sha512())) {
      if (parts.size() == 1 && parts.getFirst() instanceof Part.Sent) {
        outgoing.send(parts, new Whole(target, outgoing));
      } else {
        writeParts(target, content.length(), parts, outgoing);
      }
      return outgoing.stored();
    }
  }

  /// Writes an object of one part. Returns whether it wrote.
  boolean writeWhole(AssetSink.Target target, PartBuffers.Filled part, long crc) {
    return writeUnlessThere(
        target.key(),
        part.length(),
        condition ->
            s3.get()
                .putObject(
                    put ->
                        put.bucket(bucket)
                            .key(target.key())
                            .contentType(target.mediaType())
                            .contentDisposition(disposition(target))
                            .cacheControl(CACHE_CONTROL)
                            .checksumCRC64NVME(text(crc))
                            .ifNoneMatch(condition),
                    body(part)));
  }

  /// Makes an object of stored parts, or ends the upload where a good one is there.
  ///
  /// @param crc of the object
  void complete(
      S3Upload upload, String key, long length, List<CompletedPart> parts, Optional<Long> crc) {
    Optional<String> told = crc.map(S3Writer::text);
    boolean written =
        writeUnlessThere(key, length, condition -> upload.complete(parts, condition, told));
    if (!written) {
      upload.abort();
    }
  }

  /// Whether an object is whole, and stays in the bucket for as long as a record of it is good.
  boolean isGood(Optional<HeadObjectResponse> object, long size) {
    return object
        .filter(found -> found.contentLength() == size)
        .filter(found -> found.lastModified().plus(fresh).isAfter(clock.instant()))
        .isPresent();
  }

  Optional<HeadObjectResponse> find(String key) {
    try {
      return Optional.of(s3.get().headObject(head -> head.bucket(bucket).key(key)));
    } catch (S3Exception e) {
      if (S3Failure.isStatus(e, S3Failure.NOT_FOUND)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  static RequestBody body(PartBuffers.Filled part) {
    return RequestBody.fromContentProvider(part::open, part.length(), "application/octet-stream");
  }

  static String disposition(AssetSink.Target target) {
    return "attachment; filename=\"" + target.fileName() + "\"";
  }

  private void writeParts(AssetSink.Target target, long length, List<Part> parts, Outgoing outgoing)
      throws IOException {
    S3Upload upload = begin(target);
    boolean sent = false;
    try {
      List<CompletedPart> stored = outgoing.send(parts, new Parts(upload));
      complete(upload, target.key(), length, stored, Optional.of(outgoing.crc()));
      sent = true;
    } finally {
      if (!sent) {
        upload.abort();
      }
    }
  }

  /// Writes an object unless a good one is there; returns whether it wrote. S3 answers 412 where an
  /// object is there, and 409 where another writer was at work: either the object is there by now,
  /// or that writer has failed.
  ///
  /// @param write takes the value of `If-None-Match`, or null to write in any case
  private boolean writeUnlessThere(String key, long length, Consumer<@Nullable String> write) {
    try {
      write.accept("*");
      return true;
    } catch (S3Exception e) {
      boolean conflict = S3Failure.isStatus(e, S3Failure.CONFLICT);
      if (!conflict && !S3Failure.isStatus(e, S3Failure.PRECONDITION_FAILED)) {
        throw e;
      }
      if (isGood(find(key), length)) {
        return false;
      }
      if (conflict) {
        throw e;
      }
    }
    write.accept(null);
    return true;
  }

  /// Eight bytes, the first one the highest, in base64.
  static String text(long crc) {
    return Base64.getEncoder().encodeToString(ByteBuffer.allocate(Long.BYTES).putLong(crc).array());
  }

  private final class Whole implements Outgoing.Sender<Boolean> {
    private final AssetSink.Target target;
    private final Outgoing outgoing;

    Whole(AssetSink.Target target, Outgoing outgoing) {
      this.target = target;
      this.outgoing = outgoing;
    }

    @Override
    public Boolean send(int number, PartBuffers.Filled part) {
      return writeWhole(target, part, outgoing.crc());
    }

    @Override
    public Boolean copy(int number, Part.Copied part) {
      throw new IllegalStateException("the whole object is copied otherwise");
    }
  }

  private record Parts(S3Upload upload) implements Outgoing.Sender<CompletedPart> {
    @Override
    public CompletedPart send(int number, PartBuffers.Filled part) {
      return upload.send(number, part);
    }

    @Override
    public CompletedPart copy(int number, Part.Copied part) {
      return upload.copy(number, part);
    }
  }
}
