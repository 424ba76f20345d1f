package imageservice.builder.overlay;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// One run of a sandbox's command, which is killed when it takes or prints too much. Input, output
/// and errors each have a thread, so that no pipe that is full delays the end.
final class SandboxedProcess {
  sealed interface Outcome {}

  record Ended(int status, Blob output, Blob errors) implements Outcome {}

  /// It did not end in time.
  record Overdue() implements Outcome {}

  /// It printed too much.
  record Excessive() implements Outcome {}

  private final Process process;
  private final int most;

  private SandboxedProcess(Process process, int most) {
    this.process = process;
    this.most = most;
  }

  /// @param most bytes of output, and of errors
  static Outcome run(List<String> command, String input, Duration limit, int most)
      throws IOException {
    FutureTask<Outcome> run =
        new FutureTask<>(() -> new SandboxedProcess(start(command), most).outcome(input, limit));
    // A sandbox dies with the thread that started it (PR_SET_PDEATHSIG), so it gets its own.
    Thread.ofPlatform().daemon().name("overlay-program").start(run);
    try {
      return run.get();
    } catch (InterruptedException e) {
      run.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while an overlay's program ran");
    } catch (ExecutionException e) {
      throw new IOException("an overlay's program cannot be started on this machine", e);
    }
  }

  private static Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"); // of the sandbox's tools
    return builder.start();
  }

  private Outcome outcome(String input, Duration limit) throws InterruptedException {
    CompletableFuture<byte[]> output = read(process.getInputStream());
    CompletableFuture<byte[]> errors = read(process.getErrorStream());
    Thread.ofVirtual().start(() -> feed(input));
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Overdue();
      }
      boolean excessive = output.join().length > most || errors.join().length > most;
      return excessive
          ? new Excessive()
          : new Ended(process.exitValue(), Blob.of(output.join()), Blob.of(errors.join()));
    } finally {
      process.destroyForcibly();
    }
  }

  /// A program may end without reading.
  private void feed(String input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return;
    }
  }

  /// Reads one byte more than the limit at most, and ends who prints it.
  private CompletableFuture<byte[]> read(InputStream in) {
    CompletableFuture<byte[]> read = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (in) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
              process.destroyForcibly();
            }
            read.complete(bytes);
          } catch (IOException e) {
            read.complete(new byte[0]);
          }
        });
    return read;
  }
}
