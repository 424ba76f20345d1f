package imageservice.builder.cache;

import imageservice.release.Digest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The index, in memory, of the blobs in a cache's folder; evicts those used longest ago when room
/// is needed. Threads that find known blobs share no lock; threads that add or remove blobs take
/// this object's.
final class KeptBlobs {
  private final CacheFolder folder;
  private final long capacity;
  private final InstantSource clock;
  private final Function<Checksums, CachedBlob> toHold;
  private final Map<Digest, KeptBlob> blobs = new ConcurrentHashMap<>();
  private final UseOrder order = new UseOrder();
  private long size; // guarded by this

  /// @param capacity in bytes of content
  /// @param toHold makes the object that users of a blob hold
  KeptBlobs(
      CacheFolder folder,
      long capacity,
      InstantSource clock,
      Function<Checksums, CachedBlob> toHold)
      throws IOException {
    this.folder = folder;
    this.capacity = capacity;
    this.clock = clock;
    this.toHold = toHold;
    for (CacheFolder.KeptFile found : folder.scan()) {
      add(found.digest(), found.length(), null, found.used());
    }
    makeRoom(0);
  }

  synchronized long size() {
    return size;
  }

  Optional<CachedBlob> find(Digest digest) throws IOException {
    KeptBlob known = blobs.get(digest);
    Optional<KeptBlob> kept = known == null ? discover(digest) : Optional.of(known);
    return kept.isPresent() ? hold(kept.get()) : Optional.empty();
  }

  /// Makes room for a written file and moves it to its place. Where its blob is there already, the
  /// file still takes the place of the other, which may be damaged.
  synchronized CachedBlob publish(Incoming written, Checksums checksums) throws IOException {
    Optional<CachedBlob> here = find(checksums.digest());
    if (here.isPresent()) {
      folder.replace(written.file(), checksums.digest());
      return here.get();
    }
    makeRoom(checksums.length());
    Instant now = clock.instant();
    Sidecar sidecar = folder.publish(written.file(), checksums, now);
    return hold(add(checksums.digest(), checksums.length(), sidecar, now))
        .orElseThrow(() -> new DamagedBlobException(checksums.digest(), "its file is gone", null));
  }

  /// Removes a blob whose holder found it damaged. One that was fetched again since, and is held as
  /// another object, stays.
  synchronized void evict(CachedBlob blob) throws IOException {
    KeptBlob kept = blobs.get(blob.digest());
    if (kept != null && kept.isHeldAs(blob)) {
      remove(kept);
    }
  }

  /// Writes to the folder when each blob was used last.
  void recordUses() throws IOException {
    for (KeptBlob kept : blobs.values()) {
      kept.record(folder);
    }
  }

  private Optional<CachedBlob> hold(KeptBlob kept) throws IOException {
    Optional<CachedBlob> held = kept.hold(folder, toHold);
    if (held.isPresent()) {
      kept.use(clock.instant(), order, folder);
    } else {
      remove(kept);
    }
    return held;
  }

  /// A blob that another process has put into the folder.
  private Optional<KeptBlob> discover(Digest digest) throws IOException {
    return folder
        .find(digest)
        .map(sidecar -> add(digest, sidecar.checksums().length(), sidecar, Instant.EPOCH));
  }

  private synchronized KeptBlob add(
      Digest digest, long length, @Nullable Sidecar sidecar, Instant used) {
    KeptBlob known = blobs.get(digest);
    if (known != null) {
      return known;
    }
    KeptBlob kept = new KeptBlob(digest, length, sidecar, used, order.newPlace());
    order.put(kept.place(), kept);
    blobs.put(digest, kept);
    size += length;
    return kept;
  }

  /// Removes a blob with its files, unless it was removed before.
  private synchronized void remove(KeptBlob kept) throws IOException {
    kept.leave();
    if (blobs.remove(kept.digest(), kept)) {
      order.remove(kept.place());
      size -= kept.length();
      folder.delete(kept.digest());
    }
  }

  /// Evicts blobs that nobody holds, the one used longest ago first, until `wanted` more bytes fit.
  private synchronized void makeRoom(long wanted) throws IOException {
    for (KeptBlob kept : order.longestUnusedFirst()) {
      if (size + wanted <= capacity) {
        return;
      }
      if (kept.leaveUnlessHeld()) {
        remove(kept);
      }
    }
  }
}
