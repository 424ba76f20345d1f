package imageservice.local;

import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/// The parts of one upload, which come in any order. They wait in files of their own for the object
/// to be made; zeros are written neither there nor in the object.
///
/// @param folder of the files, of this upload alone
record FolderUpload(Path folder, Map<Integer, Part> parts) {
  private static final int READ = 128 << 10;

  /// Hexadecimal digits of an object's tag, as S3's have.
  private static final int TAG_DIGITS = 32;

  /// @param length in bytes
  /// @param crc CRC-32C
  /// @param isHole whether it is nothing but zeros
  record Part(Path file, long length, long crc, boolean isHole) {
    String tag() {
      return "%d-%08x".formatted(length, crc);
    }
  }

  static FolderUpload in(Path folder) throws IOException {
    return new FolderUpload(Files.createDirectories(folder), new ConcurrentHashMap<>());
  }

  /// Keeps a part, and tells its tag.
  String add(int number, InputStream content) throws IOException {
    CheckedInputStream in = new CheckedInputStream(content, new CRC32C());
    Path file = folder.resolve(Integer.toString(number));
    SparseFile kept = SparseFile.create(file);
    try (kept) {
      long length = pour(in, kept);
      Part part = new Part(file, length, in.getChecksum().getValue(), kept.isHole());
      parts.put(number, part);
      return part.tag();
    }
  }

  /// Pours the parts into a file, one behind the other, and tells the tag of the whole.
  String writeTo(Path file, List<Integer> numbers) throws IOException {
    try (SparseFile object = SparseFile.create(file)) {
      for (int number : numbers) {
        append(part(number), object);
      }
    }
    return tag(numbers);
  }

  /// Removes the files.
  void remove() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static void append(Part part, SparseFile object) throws IOException {
    if (part.isHole()) {
      object.skip(part.length());
      return;
    }
    try (InputStream in = Files.newInputStream(part.file())) {
      pour(in, object);
    }
  }

  private String tag(List<Integer> numbers) {
    String tags =
        numbers.stream().map(number -> part(number).tag()).collect(Collectors.joining(" "));
    String hex = Digest.of(tags.getBytes(StandardCharsets.US_ASCII)).hex();
    return "\"%s-%d\"".formatted(hex.substring(0, TAG_DIGITS), numbers.size());
  }

  private Part part(int number) {
    Part part = parts.get(number);
    if (part == null) {
      throw new IllegalArgumentException("no part " + number);
    }
    return part;
  }

  private static long pour(InputStream in, SparseFile out) throws IOException {
    byte[] buffer = new byte[READ];
    long count = 0;
    for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
      out.write(buffer, 0, got);
      count += got;
    }
    return count;
  }
}
