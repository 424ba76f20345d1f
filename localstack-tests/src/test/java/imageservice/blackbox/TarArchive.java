package imageservice.blackbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A gzip-compressed tar of regular files and named pipes (POSIX.1-1988, ustar), as a layer of an
/// image is one.
final class TarArchive {
  private static final int BLOCK = 512;
  private static final char REGULAR = '0';
  private static final char PIPE = '6';

  private TarArchive() {}

  static byte[] gzip(SortedMap<String, byte[]> files) throws IOException {
    return gzip(files, List.of());
  }

  /// @param pipes names of named pipes that follow the files
  static byte[] gzip(SortedMap<String, byte[]> files, List<String> pipes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      for (var file : files.entrySet()) {
        byte[] content = file.getValue();
        out.write(header(file.getKey(), content.length, REGULAR));
        out.write(content);
        out.write(new byte[Math.floorMod(-content.length, BLOCK)]);
      }
      for (String pipe : pipes) {
        out.write(header(pipe, 0, PIPE));
      }
      out.write(new byte[2 * BLOCK]);
    }
    return compressed.toByteArray();
  }

  /// The tar within.
  static byte[] plain(byte[] compressed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    }
  }

  private static byte[] header(String name, int size, char type) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644\0" + "0000000\0" + "0000000\0");
    put(header, 124, "%011o\0%011o\0".formatted(size, 1_700_000_000));
    put(header, 148, "        " + type);
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}
