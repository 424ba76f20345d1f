package imageservice.builder.overlay;

import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Runs programs of overlays in a sandbox: in an empty folder, with no environment but `PATH`, in
/// name spaces of their own for users, processes and network, the last without an interface, and
/// with limits on time, memory and files (unshare(1), prlimit(1)). Where the system does not
/// provide the sandbox, no program runs.
public final class SandboxedPrograms implements OverlayPrograms {
  /// Limits are in seconds and bytes.
  private static final List<String> SANDBOX =
      List.of(
          "unshare",
          "--user",
          "--map-root-user",
          "--net",
          "--pid",
          "--fork",
          "--kill-child",
          "prlimit",
          "--cpu=10",
          "--as=4294967296",
          "--fsize=0",
          "--core=0",
          "--nofile=64",
          "--");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  /// Bytes of output at most; options are far shorter.
  static final int MOST_OUTPUT = 1 << 16;

  /// Characters of a program's error that a message quotes.
  private static final int LONGEST_MESSAGE = 200;

  private final Duration limit;

  /// @param limit after which a program is killed
  public SandboxedPrograms(Duration limit) {
    this.limit = limit;
  }

  @Override
  public List<String> kernelArguments(String overlay, Blob program, String options)
      throws IOException {
    if (!NAME.matcher(overlay).matches()) {
      throw unfit(overlay, "has no name that a file can have");
    }
    Path folder = Files.createTempDirectory("overlay");
    Path executable = folder.resolve(overlay + ".d").resolve(overlay); // the program may read it
    Path empty = folder.resolve("empty");
    try {
      Files.createDirectory(empty);
      Files.createDirectory(executable.resolveSibling(""));
      requireSandbox(empty);
      try (OutputStream out = Files.newOutputStream(executable)) {
        program.writeTo(out);
      }
      Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("r-x------"));
      byte[] printed = run(overlay, List.of(executable.toString(), "get-options"), empty, options);
      return OptionsYaml.kernelArguments(printed)
          .orElseThrow(() -> unfit(overlay, "did not print options"));
    } finally {
      Files.deleteIfExists(executable);
      Files.deleteIfExists(executable.resolveSibling(""));
      Files.deleteIfExists(empty);
      Files.deleteIfExists(folder);
    }
  }

  private static void requireSandbox(Path folder) throws IOException {
    Process process = start(List.of("true"), folder);
    process.getOutputStream().close();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(
            "programs of overlays need name spaces, which this system does not give: "
                + firstLine(process.getErrorStream().readNBytes(MOST_OUTPUT)));
      }
    } catch (InterruptedException e) {
      throw interrupted(process);
    }
  }

  private byte[] run(String overlay, List<String> command, Path folder, String options)
      throws IOException {
    Process process = start(command, folder);
    CompletableFuture<byte[]> output = read(process.getInputStream());
    CompletableFuture<byte[]> errors = read(process.getErrorStream());
    try {
      feed(process, options);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw unfit(overlay, "did not end within %d s".formatted(limit.toSeconds()));
      }
      if (process.exitValue() != 0) {
        throw unfit(
            overlay, "ended with %d: %s".formatted(process.exitValue(), firstLine(errors.join())));
      }
      if (output.join().length > MOST_OUTPUT) {
        throw unfit(overlay, "printed more than %d bytes".formatted(MOST_OUTPUT));
      }
      return output.join();
    } catch (InterruptedException e) {
      throw interrupted(process);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Process start(List<String> command, Path folder) throws IOException {
    List<String> all = new ArrayList<>(SANDBOX);
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"); // of the sandbox's tools
    return builder.start();
  }

  /// Writes the options; a program may end without reading them.
  private static void feed(Process process, String options) {
    try (OutputStream in = process.getOutputStream()) {
      new ByteArrayInputStream(options.getBytes(StandardCharsets.UTF_8)).transferTo(in);
    } catch (IOException e) {
      return;
    }
  }

  /// Reads one byte more than the limit and discards the rest, so that the program is never
  /// blocked.
  private static CompletableFuture<byte[]> read(InputStream in) {
    CompletableFuture<byte[]> read = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (in) {
            byte[] bytes = in.readNBytes(MOST_OUTPUT + 1);
            in.transferTo(OutputStream.nullOutputStream());
            read.complete(bytes);
          } catch (IOException e) {
            read.complete(new byte[0]);
          }
        });
    return read;
  }

  private static String firstLine(byte[] text) {
    String line =
        new String(text, StandardCharsets.UTF_8).lines().findFirst().orElse("it said nothing");
    String clean = line.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > LONGEST_MESSAGE ? clean.substring(0, LONGEST_MESSAGE) + "…" : clean;
  }

  private static InterruptedIOException interrupted(Process process) {
    process.destroyForcibly();
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while an overlay's program ran");
  }

  private static UnfitInputException unfit(String overlay, String problem) {
    return new UnfitInputException("overlay \"%s\": its program %s".formatted(overlay, problem));
  }
}
