package imageservice.builder.cache;

import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Content by digest, on disk. Several processes may share a folder: none ever sees half a file.
/// Stays below its capacity by evicting what was used longest ago, but never what somebody in this
/// process still holds as a {@link CachedBlob}; where all is held it grows beyond.
///
/// Open a folder once in a process: POSIX locks, which tell whose temporary files are abandoned,
/// belong to the process.
public final class BlobCache implements AutoCloseable {
  /// Opens content that is wanted.
  public interface Content {
    InputStream open() throws IOException;
  }

  private static final class Entry {
    private final long length;
    private @Nullable WeakReference<CachedBlob> blob;

    Entry(long length) {
      this.length = length;
    }

    @Nullable CachedBlob held() {
      return blob == null ? null : blob.get();
    }
  }

  private static final int BUFFER = 128 << 10;

  private final CacheFolder folder;
  private final long capacity;
  private final InstantSource clock;
  private final SingleFlight<Digest, CachedBlob> flights = new SingleFlight<>();

  /// Guarded by this, and in the order of use, the longest ago first: `get` moves to the end.
  private final Map<Digest, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private long size; // guarded by this

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
    this.capacity = capacity;
    this.clock = clock;
    for (CacheFolder.Found found : this.folder.scan()) {
      entries.put(found.digest(), new Entry(found.length()));
      size += found.length();
    }
    makeRoom(0);
  }

  /// The blob of this digest where it is here.
  public synchronized Optional<CachedBlob> find(Digest digest) throws IOException {
    Optional<Checksums> checksums = folder.find(digest);
    if (checksums.isEmpty()) {
      forget(digest);
      return Optional.empty();
    }
    folder.touch(digest, clock.instant());
    return Optional.of(enter(checksums.get()));
  }

  /// The blob of this digest, brought once however many ask for it at a time.
  public CachedBlob fetch(Digest digest, Content content) throws IOException {
    Optional<CachedBlob> here = find(digest);
    return here.isPresent() ? here.get() : flights.run(digest, () -> bring(digest, content));
  }

  /// Keeps content whose digest is not known before. Does not close the stream.
  public CachedBlob put(InputStream content) throws IOException {
    try (Incoming incoming = folder.incoming()) {
      return keep(incoming, pour(content, incoming));
    }
  }

  /// Bytes of content held.
  public synchronized long size() {
    return size;
  }

  /// Removes the temporary files; blobs that are held stay readable.
  @Override
  public void close() throws IOException {
    folder.close();
  }

  public CacheFolder folder() {
    return folder;
  }

  /// Removes what turned out to be damaged.
  synchronized void evict(CachedBlob blob) throws IOException {
    forget(blob.digest());
    folder.delete(blob.digest());
  }

  private CachedBlob bring(Digest digest, Content content) throws IOException {
    Optional<CachedBlob> here = find(digest);
    if (here.isPresent()) {
      return here.get();
    }
    try (InputStream in = content.open();
        Incoming incoming = folder.incoming()) {
      Checksums checksums = pour(in, incoming);
      if (!checksums.digest().equals(digest)) {
        throw new DamagedBlobException(
            digest, "the digest of what came is " + checksums.digest(), null);
      }
      return keep(incoming, checksums);
    }
  }

  private Checksums pour(InputStream in, Incoming incoming) throws IOException {
    Checksumming checksumming = new Checksumming();
    byte[] buffer = new byte[BUFFER];
    for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
      checksumming.update(buffer, 0, got);
      incoming.write(buffer, 0, got);
    }
    incoming.end();
    return checksumming.finish();
  }

  private synchronized CachedBlob keep(Incoming incoming, Checksums checksums) throws IOException {
    Optional<CachedBlob> here = find(checksums.digest());
    if (here.isPresent()) {
      return here.get();
    }
    makeRoom(checksums.length());
    folder.publish(incoming.file(), checksums);
    folder.touch(checksums.digest(), clock.instant());
    return enter(checksums);
  }

  /// One object per digest while anybody holds it, so that holding is seen.
  private CachedBlob enter(Checksums checksums) {
    Entry entry = entries.get(checksums.digest());
    if (entry == null) {
      entry = new Entry(checksums.length());
      entries.put(checksums.digest(), entry);
      size += entry.length;
    }
    CachedBlob held = entry.held();
    if (held == null) {
      held = new CachedBlob(this, folder.content(checksums.digest()), checksums);
      entry.blob = new WeakReference<>(held);
    }
    return held;
  }

  private void forget(Digest digest) {
    Entry entry = entries.remove(digest);
    size -= entry == null ? 0 : entry.length;
  }

  private void makeRoom(long wanted) throws IOException {
    if (size + wanted <= capacity) {
      return;
    }
    List<Digest> victims = new ArrayList<>();
    long excess = size + wanted - capacity;
    for (Map.Entry<Digest, Entry> entry : entries.entrySet()) {
      if (excess <= 0) {
        break;
      }
      if (entry.getValue().held() == null) {
        victims.add(entry.getKey());
        excess -= entry.getValue().length;
      }
    }
    for (Digest victim : victims) {
      forget(victim);
      folder.delete(victim);
    }
  }
}
