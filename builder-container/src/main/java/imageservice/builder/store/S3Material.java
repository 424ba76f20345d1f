package imageservice.builder.store;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.release.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/// Source material in an S3 bucket, `material/<64 hex digits of its SHA-256>`: what sources sent,
/// and long contents that were found in it or made of it. Builders read it there rather than fetch
/// it again, and assets are copied out of it.
public final class S3Material implements SharedContent {
  private static final String FOLDER = "material/";
  private static final Blob ZEROS = Extents.of(new Extent.Zero(PartPlan.COPIED));
  private static final Digest DIGEST_OF_ZEROS =
      new Digest("sha256:3b6a07d0d404fab4e23b6d34bc6696a6a312dd92821332385e5af7c01c421351");

  private static final AssetSink.Progress UNWATCHED = bytes -> {};

  private final Supplier<S3Client> s3;
  private final String bucket;
  private final S3Writer writer;
  private final S3Writer renewer;
  private final PartBuffers incoming;
  private final Function<Blob, Optional<Digest>> digests;

  /// What is in the bucket, as far as this process has seen.
  private final Set<Digest> there = ConcurrentHashMap.newKeySet();

  /// What is there and is not what it should be, or was not when it was copied.
  private final Set<Digest> suspect = ConcurrentHashMap.newKeySet();

  /// @param outgoing buffers of what is written
  /// @param incoming buffers of what is read ahead
  /// @param digests of contents whose digests are known without reading them
  public S3Material(
      Supplier<S3Client> s3,
      String bucket,
      PartBuffers outgoing,
      PartBuffers incoming,
      InstantSource clock,
      Duration fresh,
      Function<Blob, Optional<Digest>> digests) {
    this.s3 = s3;
    this.bucket = bucket;
    this.writer = new S3Writer(s3, bucket, outgoing, clock, fresh);
    this.renewer = new S3Writer(s3, bucket, outgoing, clock, Duration.ZERO);
    this.incoming = incoming;
    this.digests = digests;
  }

  /// A sink for the same bucket, which copies what it can out of this material.
  public AssetSink sink() {
    return new S3AssetSink(s3, bucket, writer, new Copyable());
  }

  @Override
  public Optional<InputStream> open(Digest digest, long size) throws IOException {
    return size(digest).equals(OptionalLong.of(size))
        ? Optional.of(new RangedStream(new Ranges(digest), size, incoming))
        : Optional.empty();
  }

  @Override
  public Optional<byte[]> read(Digest digest, int limit) throws IOException {
    OptionalLong size = size(digest);
    if (size.isEmpty() || size.getAsLong() > limit) {
      return Optional.empty();
    }
    byte[] content = new byte[(int) size.getAsLong()];
    new Ranges(digest).fetch(0, content, content.length);
    return Optional.of(content);
  }

  @Override
  public Keeping keep(Digest digest, long size) {
    return new S3Keeping(writer(digest), target(digest), () -> kept(digest));
  }

  @Override
  public void damaged(Digest digest) {
    there.remove(digest);
    suspect.add(digest);
  }

  /// Of content that is in the bucket and not known to be damaged.
  private OptionalLong size(Digest digest) throws IOException {
    if (suspect.contains(digest)) {
      return OptionalLong.empty();
    }
    try {
      Optional<HeadObjectResponse> found = writer.find(key(digest));
      return found.isPresent()
          ? OptionalLong.of(found.get().contentLength())
          : OptionalLong.empty();
    } catch (SdkException e) {
      throw S3Failure.of(e);
    }
  }

  private S3Writer writer(Digest digest) {
    return suspect.contains(digest) ? renewer : writer;
  }

  private void kept(Digest digest) {
    suspect.remove(digest);
    there.add(digest);
  }

  private static String key(Digest digest) {
    return FOLDER + digest.hex();
  }

  private static AssetSink.Target target(Digest digest) {
    return new AssetSink.Target(key(digest), "application/octet-stream", digest.hex());
  }

  private final class Ranges implements RangedStream.Ranges {
    private final Digest digest;

    Ranges(Digest digest) {
      this.digest = digest;
    }

    @Override
    public void fetch(long offset, byte[] buffer, int length) throws IOException {
      if (length == 0) {
        return;
      }
      try {
        s3.get()
            .getObject(
                get ->
                    get.bucket(bucket)
                        .key(key(digest))
                        .range("bytes=%d-%d".formatted(offset, offset + length - 1)),
                into(buffer, length));
      } catch (SdkException e) {
        throw S3Failure.of(e);
      }
    }

    /// Reads a response into a buffer. One that breaks off is asked for again.
    private static ResponseTransformer<GetObjectResponse, Integer> into(byte[] buffer, int length) {
      return (response, in) -> {
        try {
          if (in.readNBytes(buffer, 0, length) < length) {
            throw new EOFException("the object ended early");
          }
          return length;
        } catch (IOException e) {
          throw RetryableException.create("the object broke off", e);
        }
      };
    }
  }

  /// Long contents of known digests. One that is not in the bucket is brought there first.
  private final class Copyable implements Origins {
    @Override
    public Optional<Origin> of(Blob content) throws IOException {
      Optional<Digest> digest = digests.apply(content);
      return digest.isPresent() ? Optional.of(brought(content, digest.get())) : Optional.empty();
    }

    @Override
    public Optional<Origin> zeros() throws IOException {
      return Optional.of(brought(ZEROS, DIGEST_OF_ZEROS));
    }

    private Origin brought(Blob content, Digest digest) throws IOException {
      Origin origin = new Origin(key(digest), content.length());
      if (!there.contains(digest) && !isGood(origin, digest)) {
        List<Part> parts = PartPlan.of(content, Origins.none());
        writer(digest).write(target(digest), content, parts, UNWATCHED);
      }
      kept(digest);
      return origin;
    }

    @Override
    public void gone() {
      suspect.addAll(there);
      there.clear();
    }

    private boolean isGood(Origin origin, Digest digest) {
      return !suspect.contains(digest) && writer.isGood(writer.find(origin.key()), origin.size());
    }
  }
}
