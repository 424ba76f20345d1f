package imageservice.builder.store;

import imageservice.formats.compress.Crc64;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// Content that goes into the bucket while somebody else reads it.
final class S3Keeping implements SharedContent.Keeping {
  private final S3Writer writer;
  private final AssetSink.Target target;
  private final Runnable kept;
  private final Crc64 crc = new Crc64(Crc64.Kind.NVME);
  private final Sending<CompletedPart> sending = new Sending<>();
  private byte @Nullable [] buffer;
  private int filled;
  private long length;
  private @Nullable S3Upload upload;

  /// @param kept is told where all is in the bucket
  S3Keeping(S3Writer writer, AssetSink.Target target, Runnable kept) {
    this.writer = writer;
    this.target = target;
    this.kept = kept;
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    told(() -> {
      crc.update(bytes, from, count);
      for (int at = from; at < from + count; ) {
        at += fill(bytes, at, from + count - at);
      }
    });
  }

  @Override
  public void end() throws IOException {
    told(() -> {
      if (upload == null) {
        writer.writeWhole(target, filled(), crc.value());
      } else {
        sendFilled(upload);
        writer.complete(
            upload, target.key(), length, sending.results(bytes -> {}), Optional.of(crc.value()));
        upload = null;
      }
    });
    kept.run();
  }

  @Override
  public void close() {
    sending.close();
    if (upload != null) {
      upload.abort();
      upload = null;
    }
    if (buffer != null) {
      writer.buffers().giveBack(buffer);
      buffer = null;
    }
  }

  private interface Step {
    void take() throws IOException;
  }

  private static void told(Step step) throws IOException {
    try {
      step.take();
    } catch (SdkException e) {
      throw S3Failure.of(e);
    }
  }

  /// Takes some of these bytes, and sends the buffer before, where it is full.
  private int fill(byte[] bytes, int from, int count) throws IOException {
    if (filled == PartBuffers.PART) {
      if (upload == null) {
        upload = writer.begin(target);
      }
      sendFilled(upload);
    }
    if (buffer == null) {
      buffer = writer.buffers().take();
    }
    int taken = Math.min(count, PartBuffers.PART - filled);
    System.arraycopy(bytes, from, buffer, filled, taken);
    filled += taken;
    length += taken;
    return taken;
  }

  private PartBuffers.Filled filled() {
    return new PartBuffers.Filled(buffer == null ? new byte[0] : buffer, filled);
  }

  private void sendFilled(S3Upload to) throws IOException {
    sending.requireNoFailure();
    PartBuffers.Filled part = filled();
    int number = sending.next();
    sending.begin(
        part.length(),
        () -> {
          try {
            return to.send(number, part);
          } finally {
            writer.buffers().giveBack(part.buffer());
          }
        });
    buffer = null;
    filled = 0;
  }
}
