package imageservice.builder.cache;

import imageservice.release.Digest;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A blob in the cache's folder as this process knows it. Its sidecar is read once, at the latest
/// by the first thread that finds the blob. This object's lock guards all that changes, so a thread
/// waits only for threads that want the same blob.
final class KeptBlob {
  /// How much later the last use may be than the folder says: a process that is killed loses no
  /// more.
  private static final Duration UNRECORDED = Duration.ofHours(1);

  private final Digest digest;
  private final long length;
  private @Nullable Sidecar sidecar;
  private @Nullable WeakReference<CachedBlob> holder;
  private Instant used;
  private Instant recorded;
  private long place;
  private boolean gone;

  /// @param length of the content, in bytes
  /// @param sidecar where it was read already
  /// @param used when the blob was used last, as the folder says
  /// @param place in the order of use
  KeptBlob(Digest digest, long length, @Nullable Sidecar sidecar, Instant used, long place) {
    this.digest = digest;
    this.length = length;
    this.sidecar = sidecar;
    this.used = used;
    this.recorded = used;
    this.place = place;
  }

  Digest digest() {
    return digest;
  }

  long length() {
    return length;
  }

  synchronized long place() {
    return place;
  }

  /// The one object that all users of the blob hold; nothing where this or another process evicted
  /// the blob, or its content is not what it was.
  ///
  /// @param toHold makes that object where nobody holds one
  synchronized Optional<CachedBlob> hold(CacheFolder folder, Function<Checksums, CachedBlob> toHold)
      throws IOException {
    Optional<Sidecar> there = gone ? Optional.empty() : sidecar(folder);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    sidecar = there.get();
    CachedBlob held = held();
    if (held == null) {
      held = toHold.apply(sidecar.checksums());
      holder = new WeakReference<>(held);
    }
    return Optional.of(held);
  }

  /// Whether this object is what users of the blob hold now.
  synchronized boolean isHeldAs(CachedBlob blob) {
    return held() == blob;
  }

  /// Takes the last place in the order of use. Writes the time of use to the folder where the one
  /// there is too old.
  synchronized void use(Instant now, UseOrder order, CacheFolder folder) throws IOException {
    if (gone) {
      return;
    }
    place = order.toEnd(place, this);
    used = now;
    if (Duration.between(recorded, now).compareTo(UNRECORDED) >= 0) {
      record(folder);
    }
  }

  /// Writes the time of the last use to the folder where it is not there yet.
  synchronized void record(CacheFolder folder) throws IOException {
    if (!gone && !used.equals(recorded)) {
      folder.touch(digest, used);
      recorded = used;
    }
  }

  /// Gives the blob to nobody any longer, unless somebody in this process holds it; says whether it
  /// is so.
  synchronized boolean leaveUnlessHeld() {
    if (held() == null) {
      gone = true;
    }
    return gone;
  }

  /// Gives the blob to nobody any longer.
  synchronized void leave() {
    gone = true;
  }

  private Optional<Sidecar> sidecar(CacheFolder folder) throws IOException {
    return sidecar != null && folder.isThere(sidecar) ? Optional.of(sidecar) : folder.find(digest);
  }

  private @Nullable CachedBlob held() {
    return holder == null ? null : holder.get();
  }
}
