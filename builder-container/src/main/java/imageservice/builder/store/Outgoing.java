package imageservice.builder.store;

import imageservice.formats.blob.Blob;
import imageservice.formats.compress.Crc64;
import imageservice.ledger.StoredObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Content on its way to the store: read once, in order, hashed, and sent part by part while the
/// next parts are read. A part that must be sent again is sent from its buffer; parts that the
/// store copies are read for the sake of the digest alone.
final class Outgoing implements AutoCloseable {
  private static final int READ = 1 << 20;

  private final Blob content;
  private final PartBuffers buffers;
  private final AssetSink.Progress progress;
  private final Hashing hashes;
  private final Crc64 crc = new Crc64(Crc64.Kind.NVME);

  /// @param sha512 whether SHA-512 is computed as well
  Outgoing(Blob content, PartBuffers buffers, AssetSink.Progress progress, boolean sha512) {
    this.content = content;
    this.buffers = buffers;
    this.progress = progress;
    this.hashes = new Hashing(sha512);
  }

  /// Brings one part to the store.
  ///
  /// @param <T> what the store answers
  interface Sender<T> {
    /// @param number of the part, from 1
    T send(int number, PartBuffers.Filled part);

    /// @param number of the part, from 1
    T copy(int number, Part.Copied part);
  }

  /// Brings all parts to the store and returns what their senders returned, in order. No sender
  /// runs any longer when this returns or throws.
  ///
  /// @param parts of all of the content, in order
  <T> List<T> send(List<Part> parts, Sender<T> sender) throws IOException {
    try (InputStream in = content.open();
        Sending<T> sending = new Sending<>()) {
      for (Part part : parts) {
        begin(part, in, sending, sender);
        sending.requireNoFailure();
        progress.stored(sending.stored());
      }
      return sending.results(progress);
    }
  }

  /// What is stored, once it is sent.
  StoredObject stored() {
    return new StoredObject(content.length(), hashes.sha256(), hashes.sha512());
  }

  @Override
  public void close() {
    hashes.close();
  }

  /// The CRC-64/NVME of what was read so far.
  long crc() {
    return crc.value();
  }

  private <T> void begin(Part part, InputStream in, Sending<T> sending, Sender<T> sender)
      throws IOException {
    int number = sending.next();
    switch (part) {
      case Part.Sent sent -> {
        PartBuffers.Filled filled = fill(in, Math.toIntExact(sent.length()));
        sending.begin(part.length(), () -> send(sender, number, filled));
      }
      case Part.Copied copied -> {
        sending.begin(part.length(), () -> sender.copy(number, copied));
        hash(in, copied.length());
      }
    }
  }

  private <T> T send(Sender<T> sender, int number, PartBuffers.Filled part) {
    try {
      return sender.send(number, part);
    } finally {
      buffers.giveBack(part.buffer());
    }
  }

  private PartBuffers.Filled fill(InputStream in, int length) throws IOException {
    byte[] buffer = buffers.take();
    boolean full = false;
    try {
      read(in, buffer, length);
      full = true;
      return new PartBuffers.Filled(buffer, length);
    } finally {
      if (!full) {
        buffers.giveBack(buffer);
      }
    }
  }

  private void hash(InputStream in, long length) throws IOException {
    byte[] buffer = new byte[READ];
    for (long left = length; left > 0; left -= Math.min(left, READ)) {
      read(in, buffer, (int) Math.min(left, READ));
    }
  }

  private void read(InputStream in, byte[] buffer, int length) throws IOException {
    int got = in.readNBytes(buffer, 0, length);
    if (got < length) {
      throw new EOFException("content ended %d bytes early".formatted(length - got));
    }
    crc.update(buffer, 0, length);
    hashes.update(buffer, length);
  }
}
