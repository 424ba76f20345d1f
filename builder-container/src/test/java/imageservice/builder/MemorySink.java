package imageservice.builder;

import imageservice.builder.store.AssetSink;
import imageservice.formats.blob.Blob;
import imageservice.ledger.StoredObject;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    objects.putIfAbsent(target.key(), bytes);
    done.add("put " + target.key());
    return new StoredObject(bytes.length, Digest.of(bytes));
  }

  @Override
  public boolean has(String key) {
    return objects.containsKey(key);
  }

  @Override
  public boolean copy(String from, Target to) {
    byte[] bytes = objects.get(from);
    if (bytes != null) {
      objects.put(to.key(), bytes);
      done.add("copy " + to.key());
    }
    return bytes != null;
  }
}
