package imageservice.local;

import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.util.function.LongConsumer;

/// The file that a command leaves: whole, or as it was before. A link is followed. A device or a
/// pipe is written to as it is.
///
/// @param named the file as the person named it
record OutputFile(Path named) {
  /// What was written.
  record Written(Path file, long size, Digest digest) {
    @Override
    public String toString() {
      return "%s: %d bytes, SHA-256 %s".formatted(file, size, digest.hex());
    }
  }

  /// Refuses a file that cannot be written, before anything is built.
  void requireWritable() throws CommandException {
    if (isStream()) {
      return;
    }
    Path target = target();
    Path parent = target.getParent();
    if (parent == null || Files.isDirectory(target)) {
      throw new CommandException("--output " + named + ": this is a folder; name a file");
    }
    if (!Files.isDirectory(parent)) {
      throw new CommandException("--output " + named + ": there is no folder " + parent);
    }
    if (!Files.isWritable(parent)) {
      throw new CommandException("--output " + named + ": the folder " + parent + " is read-only");
    }
  }

  /// Whether it is there and keeps nothing: a device or a pipe.
  boolean isStream() {
    return Files.exists(named) && !Files.isRegularFile(named) && !Files.isDirectory(named);
  }

  /// Writes the content into a file beside this one, which then replaces it.
  ///
  /// @param progress receives the bytes written so far
  Written write(Blob content, LongConsumer progress) throws IOException {
    Digest digest = isStream() ? pour(content, named, progress) : replace(content, progress);
    return new Written(named, content.length(), digest);
  }

  private Digest replace(Blob content, LongConsumer progress) throws IOException {
    Path target = target();
    Path incoming =
        target.resolveSibling(
            "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".incoming");
    incoming.toFile().deleteOnExit(); // where a signal ends the command
    try {
      Digest digest = pour(content, incoming, progress);
      Files.move(
          incoming, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return digest;
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  private static Digest pour(Blob content, Path file, LongConsumer progress) throws IOException {
    DigestOutputStream out =
        new DigestOutputStream(new Counted(Files.newOutputStream(file), progress), Digest.hash());
    try (out) {
      content.writeTo(out);
    }
    return Digest.ofHash(out.getMessageDigest().digest());
  }

  private Path target() {
    try {
      return named.toRealPath();
    } catch (IOException e) {
      return named.toAbsolutePath().normalize(); // not there yet
    }
  }

  private static final class Counted extends FilterOutputStream {
    private final LongConsumer progress;
    private long count;

    private Counted(OutputStream out, LongConsumer progress) {
      super(out);
      this.progress = progress;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
      progress.accept(count);
    }
  }
}
