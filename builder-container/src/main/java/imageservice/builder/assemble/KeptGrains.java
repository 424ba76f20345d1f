package imageservice.builder.assemble;

import imageservice.builder.cache.CachedBlob;
import imageservice.builder.cache.Derived;
import imageservice.builder.cache.Workspace;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import imageservice.formats.vmdk.Grains;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Compressed grains of source material, made once for all disks in which it lies at the same place
/// within a grain. What is kept are the streams, one after the other, and behind them their
/// lengths, 32 bits each.
record KeptGrains(Derived derived) implements Grains.Maker {
  /// Raised with every change of the bytes that the same content gives.
  private static final int REVISION = 1;

  @Override
  public Grains make(Blob blob, long offset, int count) throws IOException {
    if (!(blob instanceof CachedBlob cached)) {
      return Grains.deflate(blob, offset, count);
    }
    String name = "vmdk-grains/%d %s %d %d".formatted(REVISION, cached.digest(), offset, count);
    return read(derived.of(name, workspace -> write(workspace, blob, offset, count)), count);
  }

  private static Blob write(Workspace workspace, Blob blob, long offset, int count)
      throws IOException {
    Path file = workspace.newFile();
    ByteBuffer lengths = ByteBuffer.allocate(count * Integer.BYTES);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      Grains.deflate(blob, offset, count, out).forEach(lengths::putInt);
      out.write(lengths.array());
    }
    return new FileBlob(file);
  }

  private static Grains read(Blob kept, int count) throws IOException {
    int size = count * Integer.BYTES;
    ByteBuffer tail = ByteBuffer.wrap(Blob.slice(kept, kept.length() - size, size).bytes(size));
    List<Integer> lengths = new ArrayList<>();
    while (tail.hasRemaining()) {
      lengths.add(tail.getInt());
    }
    return new Grains(kept, lengths);
  }
}
