package imageservice.local;

import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.function.LongConsumer;

/// The file that a command leaves: whole, or as it was before. A link is followed, also to a file
/// that is not there yet. A device, a pipe or what this process has open, such as `/dev/stdout`, is
/// written to as it is.
///
/// @param named the file as the person named it
record OutputFile(Path named) {
  /// Links that Linux follows from one name at most: path_resolution(7).
  private static final int MOST_LINKS = 40;

  /// Bytes of a file's name at most.
  private static final int LONGEST_NAME = 255;

  /// The bits of a descriptor's flags that say how it is open, 0 for reading: open(2), `O_ACCMODE`.
  private static final int ACCESS = 3;

  /// Names in it stand for open files of a process: proc(5).
  private static final Path PROCESSES = Path.of("/proc");

  /// What was written.
  record Written(Path file, long size, Digest digest) {
    @Override
    public String toString() {
      return "%s: %d bytes, SHA-256 %s".formatted(file, size, digest.hex());
    }
  }

  /// Refuses a file that cannot be written, before anything is built.
  void requireWritable() throws CommandException {
    try {
      Path target = target();
      if (!isStream()) {
        requireReplaceable(target);
      } else if (target.startsWith(PROCESSES) && Files.isRegularFile(named)) {
        requireOpenForWriting(target);
      }
    } catch (IOException e) {
      throw refused(Reason.of(e));
    }
  }

  /// Where standard output is closed, its number is that of another file, such as one of Java's
  /// own.
  private void requireOpenForWriting(Path descriptor) throws CommandException, IOException {
    Path facts = descriptor.resolveSibling("../fdinfo").resolve(descriptor.getFileName());
    boolean readOnly =
        Files.readAllLines(facts).stream()
            .filter(line -> line.startsWith("flags:"))
            .map(line -> line.substring("flags:".length()).strip())
            .anyMatch(octal -> (Integer.parseInt(octal, 8) & ACCESS) == 0);
    if (readOnly) {
      throw refused("nothing is open there for writing; name a file");
    }
  }

  private void requireReplaceable(Path target) throws CommandException {
    Path parent = target.getParent();
    if (parent == null || Files.isDirectory(target)) {
      throw refused("this is a folder; name a file");
    }
    if (!Files.isDirectory(parent)) {
      throw refused("there is no folder " + parent);
    }
    if (target.startsWith(PROCESSES)) {
      throw refused("nothing is open there; name a file");
    }
    if (target.getFileName().toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw refused("the name has more than %d bytes".formatted(LONGEST_NAME));
    }
    if (!Files.isWritable(parent)) {
      throw refused("the folder " + parent + " is read-only");
    }
  }

  /// Refuses to overwrite what the command reads.
  ///
  /// @param option that named the other file
  void requireNot(String option, Path other) throws CommandException {
    try {
      if (Files.exists(named) && Files.exists(other) && Files.isSameFile(named, other)) {
        throw refused("this is the file of %s; name another".formatted(option));
      }
    } catch (IOException e) {
      throw refused(Reason.of(e));
    }
  }

  /// Whether it is there and keeps nothing, as a device or a pipe, or somebody else opened it.
  boolean isStream() throws IOException {
    return Files.exists(named)
        && !Files.isDirectory(named)
        && (!Files.isRegularFile(named) || target().startsWith(PROCESSES));
  }

  /// Writes the content into a file beside this one, which then replaces it.
  ///
  /// @param progress receives the bytes written so far
  /// @throws IOException where the content cannot be read, or the file cannot be written, which
  ///   names it
  Written write(Blob content, LongConsumer progress) throws IOException {
    Digest digest =
        isStream()
            ? pour(content, named, progress, OutputFile::append)
            : replace(content, progress);
    return new Written(named, content.length(), digest);
  }

  private Digest replace(Blob content, LongConsumer progress) throws IOException {
    Path target = target();
    Path incoming =
        target.resolveSibling(
            ".image-service-%d.incoming".formatted(ProcessHandle.current().pid()));
    incoming.toFile().deleteOnExit(); // where a signal ends the command
    try {
      Digest digest = pour(content, incoming, progress, SparseFile::create);
      moveTo(target, incoming);
      return digest;
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  private void moveTo(Path target, Path incoming) throws IOException {
    try {
      Files.move(
          incoming, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UnwritableException(named, e);
    }
  }

  private interface Opening {
    OutputStream open(Path file) throws IOException;
  }

  private static OutputStream append(Path file) throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.APPEND);
  }

  private Digest pour(Blob content, Path file, LongConsumer progress, Opening how)
      throws IOException {
    DigestOutputStream out =
        new DigestOutputStream(new Counted(named, open(file, how), progress), Digest.hash());
    try (out) {
      content.writeTo(out);
    }
    return Digest.ofHash(out.getMessageDigest().digest());
  }

  private OutputStream open(Path file, Opening how) throws IOException {
    try {
      return how.open(file);
    } catch (IOException e) {
      throw new UnwritableException(named, e);
    }
  }

  private CommandException refused(String problem) {
    return new CommandException("--output " + named + ": " + problem);
  }

  /// Where the content goes: the end of all links, whether or not anything is there. A link of a
  /// process to what it has open is an end.
  private Path target() throws IOException {
    Path at = whole(named);
    for (int links = 0; Files.isSymbolicLink(at) && !at.startsWith(PROCESSES); links++) {
      if (links == MOST_LINKS) {
        throw new IOException("this link leads nowhere; name a file");
      }
      at = whole(at.resolveSibling(Files.readSymbolicLink(at)));
    }
    return at;
  }

  /// The path with all links to folders followed, but not a link that it names itself.
  private static Path whole(Path path) {
    Path absolute = path.toAbsolutePath();
    Path parent = absolute.getParent();
    if (parent == null) {
      return absolute;
    }
    try {
      return parent.toRealPath().resolve(absolute.getFileName()).normalize();
    } catch (IOException e) {
      return absolute.normalize(); // no such folder, which requireWritable says
    }
  }

  /// A failure to write, which names the file, as opposed to one to read what is written.
  private static final class UnwritableException extends IOException {
    private static final long serialVersionUID = 1L;

    private UnwritableException(Path file, IOException cause) {
      super("--output %s cannot be written: %s".formatted(file, Reason.of(cause)), cause);
    }
  }

  private static final class Counted extends FilterOutputStream {
    private final Path file;
    private final LongConsumer progress;
    private long count;

    private Counted(Path file, OutputStream out, LongConsumer progress) {
      super(out);
      this.file = file;
      this.progress = progress;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw new UnwritableException(file, e);
      }
      count += length;
      progress.accept(count);
    }

    @Override
    public void close() throws IOException {
      try {
        out.close();
      } catch (IOException e) {
        throw new UnwritableException(file, e);
      }
    }
  }
}
