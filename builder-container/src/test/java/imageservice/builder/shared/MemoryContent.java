package imageservice.builder.shared;

import imageservice.builder.store.SharedContent;
import imageservice.builder.store.StoreException;
import imageservice.formats.blob.RunStream;
import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Shared content in memory, which a test damages or takes away.
final class MemoryContent implements SharedContent {
  private final Map<Digest, byte[]> contents = new HashMap<>();
  private final Set<Digest> damaged = new HashSet<>();
  private boolean unreachable;
  private boolean full;
  private long breaksOff = Long.MAX_VALUE;

  /// Changes a bit in the middle of every content.
  void damageAll() {
    contents.values().forEach(content -> content[content.length / 2] ^= 1);
  }

  void beUnreachable() {
    unreachable = true;
  }

  /// Keeps nothing any more.
  void beFull() {
    full = true;
  }

  /// Whoever reads gets so many bytes.
  void breakOff(long after) {
    breaksOff = after;
  }

  @Override
  public Optional<InputStream> open(Digest digest, long size) throws IOException {
    requireReachable();
    return find(digest).filter(content -> content.length == size).map(this::stream);
  }

  @Override
  public Optional<byte[]> read(Digest digest, int limit) throws IOException {
    requireReachable();
    return find(digest).filter(content -> content.length <= limit);
  }

  @Override
  public Keeping keep(Digest digest, long size) {
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    return new Keeping() {
      @Override
      public void write(byte[] buffer, int from, int count) throws StoreException {
        if (full) {
          throw new StoreException("the asset store refuses: full", new IOException("full"));
        }
        passed.write(buffer, from, count);
      }

      @Override
      public void end() {
        contents.put(digest, passed.toByteArray());
        damaged.remove(digest);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void damaged(Digest digest) {
    damaged.add(digest);
  }

  private Optional<byte[]> find(Digest digest) {
    return damaged.contains(digest) ? Optional.empty() : Optional.ofNullable(contents.get(digest));
  }

  private void requireReachable() throws StoreException {
    if (unreachable) {
      throw broken();
    }
  }

  private InputStream stream(byte[] content) {
    InputStream all = new ByteArrayInputStream(content);
    return new RunStream() {
      private long passed;

      @Override
      protected int readRun(byte[] buffer, int from, int count) throws IOException {
        if (passed >= breaksOff) {
          throw broken();
        }
        int got = all.read(buffer, from, (int) Math.min(count, breaksOff - passed));
        passed += Math.max(got, 0);
        return got;
      }
    };
  }

  private static StoreException broken() {
    return new StoreException("the asset store cannot be reached", new IOException("off"));
  }
}
