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
/// within a grain. What is kept are the streams of those that got shorter, one after the other, and
/// behind them length and checksum of each grain, 32 bits each.
record KeptGrains(Derived derived) implements Grains.Maker {
  /// Raised with every change of the bytes that the same content gives.
  private static final int REVISION = 3;

  /// Bytes of a grain in the table.
  private static final int ENTRY = 2 * Integer.BYTES;

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
    ByteBuffer table = ByteBuffer.allocate(count * ENTRY);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      Grains.deflate(blob, offset, count, out)
          .forEach(grain -> table.putInt(grain.length()).putInt(grain.adler32()));
      out.write(table.array());
    }
    return new FileBlob(file);
  }

  private static Grains read(Blob kept, int count) throws IOException {
    int size = count * ENTRY;
    ByteBuffer tail = ByteBuffer.wrap(Blob.slice(kept, kept.length() - size, size).bytes(size));
    List<Grains.Grain> grains = new ArrayList<>();
    while (tail.hasRemaining()) {
      grains.add(new Grains.Grain(tail.getInt(), tail.getInt()));
    }
    return new Grains(kept, grains);
  }
}
