package imageservice.builder.fetch;

import imageservice.builder.trust.TrustedRoot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/// Where the trusted root comes from. It is never fetched.
public interface TrustedRoots {
  /// The command-line option that names a file with one.
  String SWITCH = "--trusted-root";

  /// The variable that names one on AWS.
  String VARIABLE = "TRUSTED_ROOT";

  TrustedRoot current() throws IOException;

  /// The one that is built in, read when it is needed first.
  static TrustedRoots shipped() {
    return () -> Shipped.ROOT;
  }

  /// Once in a process.
  final class Shipped {
    private static final TrustedRoot ROOT = TrustedRoot.shipped();

    private Shipped() {}
  }

  /// One of these bytes.
  ///
  /// @throws IllegalArgumentException where they are none, with what is wrong
  static TrustedRoots of(byte[] json) {
    TrustedRoot root = TrustedRoot.parse(json);
    return () -> root;
  }

  /// A file, which is read again where it has changed.
  static TrustedRoots of(Path file) {
    return new OfFile(file);
  }

  /// Reads a file once for each time that it changes.
  final class OfFile implements TrustedRoots {
    private record Version(FileTime changed, long size, @Nullable Object key) {}

    private record Read(Version version, TrustedRoot root) {}

    private final Path file;
    private @Nullable Read last;

    private OfFile(Path file) {
      this.file = file;
    }

    @Override
    public synchronized TrustedRoot current() throws IOException {
      Version version = version();
      Read before = last;
      if (before != null && before.version().equals(version)) {
        return before.root();
      }
      Read now = new Read(version, read());
      last = now;
      return now.root();
    }

    private Version version() throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    private TrustedRoot read() throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        return TrustedRoot.parse(in.readNBytes(TrustedRoot.LIMIT + 1));
      } catch (IllegalArgumentException e) {
        throw new IOException("the file of %s is %s".formatted(SWITCH, e.getMessage()), e);
      }
    }
  }
}
