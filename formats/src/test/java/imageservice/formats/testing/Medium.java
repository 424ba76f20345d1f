package imageservice.formats.testing;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes a medium to a file for its judges, leaving holes for runs of zeros.
public final class Medium {
  private Medium() {}

  public static Path write(Blob medium, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = Channels.newOutputStream(channel);
      for (Extent extent : Extents.of(new Extent.Slice(medium, 0, medium.length())).extents()) {
        switch (extent) {
          case Extent.Zero zero -> channel.position(channel.position() + zero.length());
          case Extent.Bytes bytes -> out.write(bytes.content());
          case Extent.Slice slice -> {
            try (InputStream in = slice.blob().open(slice.offset(), slice.length())) {
              in.transferTo(out);
            }
          }
        }
      }
      if (channel.size() < medium.length()) {
        channel.write(java.nio.ByteBuffer.wrap(new byte[1]), medium.length() - 1);
      }
    }
    return file;
  }
}
