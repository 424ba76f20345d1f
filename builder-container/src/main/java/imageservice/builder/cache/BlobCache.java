package imageservice.builder.cache;

import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// Content by digest, on disk. Several processes may share a folder: none ever sees half a file.
/// Stays below its capacity by evicting what was used longest ago, but never what somebody in this
/// process still holds as a {@link CachedBlob}; where all is held it grows beyond.
///
/// Open a folder once in a process: POSIX locks, which tell whose temporary files are abandoned,
/// belong to the process.
public final class BlobCache implements AutoCloseable {
  /// Content that is not in the cache yet, and how it is opened. The cache closes it.
  public interface Content {
    InputStream open() throws IOException;
  }

  private final CacheFolder folder;
  private final KeptBlobs blobs;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final SingleFlight<Digest, CachedBlob> flights = new SingleFlight<>();

  /// @param capacity in bytes of content; sidecars come on top
  public BlobCache(Path folder, long capacity, InstantSource clock) throws IOException {
    this(folder, capacity, clock, CacheFolder.realDisk());
  }

  BlobCache(Path folder, long capacity, InstantSource clock, CacheFolder.Disk disk)
      throws IOException {
    if (capacity < 0) {
      throw new IllegalArgumentException("a cache of " + capacity + " bytes");
    }
    this.folder = new CacheFolder(folder, disk);
    this.blobs = new KeptBlobs(this.folder, capacity, clock, this::toHold);
  }

  /// The blob of this digest where it is in the cache.
  public Optional<CachedBlob> find(Digest digest) throws IOException {
    return blobs.find(digest);
  }

  /// The blob of this digest, from the cache or out of `content`, which is read once however many
  /// threads ask at the same time. Content of another digest is a {@link DamagedBlobException}.
  public CachedBlob fetch(Digest digest, Content content) throws IOException {
    Optional<CachedBlob> here = find(digest);
    if (here.isPresent()) {
      hits.increment();
      return here.get();
    }
    return flights.run(digest, () -> bring(digest, content));
  }

  /// Keeps content whose digest is known only when it was read. Does not close the stream.
  public CachedBlob put(InputStream content) throws IOException {
    try (Incoming incoming = folder.incoming()) {
      return blobs.publish(incoming, pour(content, incoming));
    }
  }

  /// Small files of a subject, such as `derived`, that lie beside the blobs.
  public SideFiles sideFiles(String subject) {
    return folder.sideFiles(subject);
  }

  /// Bytes of content in the folder, without sidecars.
  public long size() {
    return blobs.size();
  }

  /// How often content was wanted that was here.
  public long hits() {
    return hits.sum();
  }

  /// How often content had to be brought.
  public long misses() {
    return misses.sum();
  }

  /// Records when blobs were used last, and removes the temporary files; blobs that are held stay
  /// readable.
  @Override
  public void close() throws IOException {
    try (folder) {
      blobs.recordUses();
    }
  }

  CacheFolder folder() {
    return folder;
  }

  /// Removes a blob that turned out to be damaged, whoever holds it.
  void evict(CachedBlob blob) throws IOException {
    blobs.evict(blob);
  }

  private CachedBlob toHold(Checksums checksums) {
    return new CachedBlob(this, folder.content(checksums.digest()), checksums);
  }

  private CachedBlob bring(Digest digest, Content content) throws IOException {
    Optional<CachedBlob> here = find(digest);
    if (here.isPresent()) {
      return here.get();
    }
    misses.increment();
    try (InputStream in = content.open();
        Incoming incoming = folder.incoming()) {
      Checksums checksums = pour(in, incoming);
      if (!checksums.digest().equals(digest)) {
        throw new DamagedBlobException(
            digest, "the digest of what came is " + checksums.digest(), null);
      }
      return blobs.publish(incoming, checksums);
    }
  }

  private static Checksums pour(InputStream in, Incoming incoming) throws IOException {
    Checksums checksums = Checksumming.of(in, incoming::write);
    incoming.end();
    return checksums;
  }
}
