package imageservice.formats.squashfs;

import imageservice.formats.compress.OrderedWork;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// Compresses blocks on all processors and hands them on in the order they came.
final class BlockPipeline implements Closeable {
  /// Takes a block that is ready.
  interface Sink {
    /// @param compressed empty where the block is to be stored as it is
    void accept(byte[] block, Optional<byte[]> compressed) throws IOException;
  }

  private final SquashfsCompression compression;
  private final OrderedWork<Optional<byte[]>> work = new OrderedWork<>("squashfs");

  BlockPipeline(SquashfsCompression compression) {
    this.compression = compression;
  }

  /// Takes a block, which must not be changed any more.
  void add(byte[] block, Sink sink) throws IOException {
    work.add(() -> compressed(block), compressed -> sink.accept(block, compressed));
  }

  private Optional<byte[]> compressed(byte[] block) {
    return block.length == DataArea.BLOCK
        ? compression.compressWhole(block)
        : compression.compress(block);
  }

  /// Hands on all that is left.
  void finish() throws IOException {
    work.finish();
  }

  @Override
  public void close() {
    work.close();
  }
}
