package imageservice.builder.store;

import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Content on its way to the store: read once, in order, hashed, and sent part by part while the
/// next parts are read. A part that must be sent again is sent from its buffer.
final class Outgoing {
  private final Blob content;
  private final PartBuffers buffers;
  private final AssetSink.Progress progress;
  private final MessageDigest digest = Digest.hash();

  Outgoing(Blob content, PartBuffers buffers, AssetSink.Progress progress) {
    this.content = content;
    this.buffers = buffers;
    this.progress = progress;
  }

  /// Sends one part to the store.
  interface Sender<T> {
    /// @param number of the part, from 1
    T send(int number, Part part);
  }

  /// A part in a buffer, which its sender may read any number of times while it sends.
  static final class Part {
    private final byte[] buffer;
    private final int length;

    private Part(byte[] buffer, int length) {
      this.buffer = buffer;
      this.length = length;
    }

    long length() {
      return length;
    }

    InputStream open() {
      return new ByteArrayInputStream(buffer, 0, length);
    }
  }

  boolean isOnePart() {
    return content.length() <= PartBuffers.PART;
  }

  /// Sends all parts, the only one of empty content included, and returns what their senders
  /// returned, in order. No sender runs any longer when this returns or throws.
  <T> List<T> send(Sender<T> sender) throws IOException {
    List<Future<T>> parts = new ArrayList<>();
    AtomicLong stored = new AtomicLong();
    try (InputStream in = content.open();
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      long left = content.length();
      do {
        Part part = read(in, (int) Math.min(PartBuffers.PART, left));
        int number = parts.size() + 1;
        parts.add(senders.submit(() -> send(sender, number, part, stored)));
        left -= part.length();
        requireNoFailure(parts);
        progress.stored(stored.get());
      } while (left > 0);
      return results(parts, stored);
    }
  }

  /// The SHA-256 of the content, once it is sent.
  Digest digest() {
    return Digest.ofHash(digest.digest());
  }

  private <T> T send(Sender<T> sender, int number, Part part, AtomicLong stored) {
    try {
      T sent = sender.send(number, part);
      stored.addAndGet(part.length());
      return sent;
    } finally {
      buffers.giveBack(part.buffer);
    }
  }

  private Part read(InputStream in, int length) throws IOException {
    byte[] buffer = buffers.take();
    boolean full = false;
    try {
      int got = in.readNBytes(buffer, 0, length);
      if (got < length) {
        throw new EOFException("content ended %d bytes early".formatted(length - got));
      }
      digest.update(buffer, 0, length);
      full = true;
      return new Part(buffer, length);
    } finally {
      if (!full) {
        buffers.giveBack(buffer);
      }
    }
  }

  private <T> List<T> results(List<Future<T>> parts, AtomicLong stored) throws IOException {
    List<T> results = new ArrayList<>();
    for (Future<T> part : parts) {
      results.add(result(part));
      progress.stored(stored.get());
    }
    return results;
  }

  private static <T> void requireNoFailure(List<Future<T>> parts) throws IOException {
    for (Future<T> part : parts) {
      if (part.state() == Future.State.FAILED) {
        result(part);
      }
    }
  }

  private static <T> T result(Future<T> part) throws IOException {
    try {
      return part.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException | CancellationException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the builder is stopping");
    }
  }
}
