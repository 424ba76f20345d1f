package imageservice.builder;

import imageservice.builder.store.AssetSink;
import imageservice.formats.blob.Blob;
import imageservice.ledger.StoredObject;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps assets in memory, and does something else first where told.
final class MemorySink implements AssetSink {
  /// Something to do while an asset is stored.
  interface Meanwhile {
    void happens(Progress progress) throws IOException;
  }

  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final List<String> done = new ArrayList<>();
  private Meanwhile meanwhile = progress -> {};

  void meanwhile(Meanwhile change) {
    meanwhile = change;
  }

  /// What was done, in order: `put KEY`, `copy KEY`.
  List<String> done() {
    return done;
  }

  Optional<byte[]> find(String key) {
    return Optional.ofNullable(objects.get(key));
  }

  void remove(String key) {
    objects.remove(key);
  }

  @Override
  public StoredObject put(Target target, Blob content, Progress progress) throws IOException {
    meanwhile.happens(progress);
    byte[] bytes = content.bytes(1 << 20);
    objects.merge(target.key(), bytes, (there, now) -> there.length == now.length ? there : now);
    done.add("put " + target.key());
    return new StoredObject(bytes.length, Digest.of(bytes));
  }

  @Override
  public boolean has(String key, long size) {
    byte[] bytes = objects.get(key);
    return bytes != null && bytes.length == size;
  }

  @Override
  public boolean copy(String from, long size, Target to) {
    boolean whole = has(from, size);
    if (whole) {
      objects.put(to.key(), Objects.requireNonNull(objects.get(from)));
      done.add("copy " + to.key());
    }
    return whole;
  }

  /// Cuts an object, as a damaged store would.
  void cut(String key) {
    objects.put(key, new byte[1]);
  }
}
