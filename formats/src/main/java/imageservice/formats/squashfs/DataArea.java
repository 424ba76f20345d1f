package imageservice.formats.squashfs;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compresses files into blocks and fragments, one after the other; only a few blocks and a
/// fragment are ever in memory. Where a file's blocks are is known once all are finished.
final class DataArea implements Closeable {
  /// A file on its way: its first block's place and all sizes, as they become known.
  private static final class Blocks {
    private long first;
    private final List<Integer> sizes = new ArrayList<>();
  }

  /// A file that was added.
  interface FileData {
    /// Where it is, once the area is finished.
    StoredFile stored();
  }

  static final int BLOCK = 128 << 10;

  private final BlockPipeline pipeline;
  private final Scratch scratch;
  private final long start;
  private final Extents.Builder data = Extents.builder();
  private final ByteArrayOutputStream fragment = new ByteArrayOutputStream();
  private final MetadataTable fragments;
  private int fragmentCount;
  private final Map<String, FileData> byDigest = new HashMap<>();

  /// @param start of the area in the file system
  DataArea(SquashfsCompression compression, Scratch scratch, long start) {
    this.pipeline = new BlockPipeline(compression);
    this.scratch = scratch;
    this.start = start;
    this.fragments = new MetadataTable(compression);
  }

  /// Stores a file, or finds the equal one that is stored already.
  FileData add(Blob content) throws IOException {
    String digest = sha256(content);
    FileData known = byDigest.get(digest);
    if (known == null) {
      known = content.length() < BLOCK ? inFragment(content) : inBlocks(content);
      byDigest.put(digest, known);
    }
    return known;
  }

  /// The area's bytes; nothing can be added any more.
  Extents finish() throws IOException {
    flushFragment();
    pipeline.finish();
    return data.build();
  }

  @Override
  public void close() {
    pipeline.close();
  }

  MetadataTable fragments() {
    return fragments;
  }

  int fragmentCount() {
    return fragmentCount;
  }

  private FileData inBlocks(Blob content) throws IOException {
    Blocks blocks = new Blocks();
    try (InputStream in = content.open()) {
      for (long rest = content.length(); rest > 0; ) {
        byte[] block = in.readNBytes((int) Math.min(rest, BLOCK));
        pipeline.add(
            block,
            (plain, compressed) -> {
              blocks.first = blocks.sizes.isEmpty() ? position() : blocks.first;
              blocks.sizes.add(isZero(plain) ? 0 : store(plain, compressed));
            });
        rest -= block.length;
      }
    }
    return () ->
        new StoredFile(content.length(), blocks.first, blocks.sizes, SquashfsFormat.NO_FRAGMENT, 0);
  }

  private FileData inFragment(Blob content) throws IOException {
    if (content.length() == 0) {
      return () -> new StoredFile(0, 0, List.of(), SquashfsFormat.NO_FRAGMENT, 0);
    }
    if (fragment.size() + content.length() > BLOCK) {
      flushFragment();
    }
    int offset = fragment.size();
    content.writeTo(fragment);
    int number = fragmentCount;
    return () -> new StoredFile(content.length(), 0, List.of(), number, offset);
  }

  private void flushFragment() throws IOException {
    if (fragment.size() == 0) {
      return;
    }
    pipeline.add(
        fragment.toByteArray(),
        (block, compressed) -> {
          long at = position();
          fragments.append(
              Struct.littleEndian(16)
                  .u64("start_block", at)
                  .u32("size", store(block, compressed))
                  .u32("unused", 0)
                  .toBytes());
        });
    fragmentCount++;
    fragment.reset();
  }

  /// Stores a block and returns its size as block lists and fragments give it.
  private int store(byte[] block, Optional<byte[]> compressed) throws IOException {
    byte[] stored = compressed.orElse(block);
    data.add(scratch.keep(stored));
    return stored.length | (compressed.isPresent() ? 0 : SquashfsFormat.UNCOMPRESSED);
  }

  private long position() {
    return start + data.position();
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static String sha256(Blob content) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BLOCK];
      try (InputStream in = content.open()) {
        for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
          digest.update(buffer, 0, got);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
