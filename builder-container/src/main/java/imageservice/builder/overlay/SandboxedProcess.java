package imageservice.builder.overlay;

import imageservice.formats.blob.Blob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// One run of a sandbox's command, which is killed when it takes or prints too much. Input, output
/// and errors each have a thread, so that no pipe that is full delays the end.
final class SandboxedProcess {
  sealed interface Outcome {}

  record Ended(int status, Blob errors) implements Outcome {}

  /// It did not end in time.
  record Overdue() implements Outcome {}

  /// It printed too much.
  ///
  /// @param most bytes
  record Excessive(long most) implements Outcome {}

  /// Where output goes.
  ///
  /// @param most bytes of it
  record Output(OutputStream to, long most) {}

  /// Bytes of errors.
  static final int MOST_ERRORS = 1 << 16;

  private final Process process;

  private SandboxedProcess(Process process) {
    this.process = process;
  }

  static Outcome run(List<String> command, String input, Duration limit, Output output)
      throws IOException {
    FutureTask<Outcome> run =
        new FutureTask<>(() -> new SandboxedProcess(start(command)).outcome(input, limit, output));
    // A sandbox dies with the thread that started it (PR_SET_PDEATHSIG), so it gets its own.
    Thread.ofPlatform().daemon().name("overlay-program").start(run);
    try {
      return run.get();
    } catch (InterruptedException e) {
      run.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while an overlay's program ran");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CompletionException late
              && late.getCause() instanceof IOException full
          ? new IOException("what an overlay's program printed cannot be kept", full)
          : new IOException("an overlay's program cannot be started on this machine", e);
    }
  }

  private static Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"); // of the sandbox's tools
    return builder.start();
  }

  private Outcome outcome(String input, Duration limit, Output output) throws InterruptedException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    CompletableFuture<Boolean> printed = read(process.getInputStream(), output);
    CompletableFuture<Boolean> errors =
        read(process.getErrorStream(), new Output(said, MOST_ERRORS));
    Thread.ofVirtual().start(() -> feed(input));
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Overdue();
      }
      if (!printed.join() || !errors.join()) {
        return new Excessive(errors.join() ? output.most() : MOST_ERRORS);
      }
      return new Ended(process.exitValue(), Blob.of(said.toByteArray()));
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

  /// Whether all that was printed is not too much. Who prints too much is ended.
  private CompletableFuture<Boolean> read(InputStream in, Output output) {
    CompletableFuture<Boolean> read = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (in) {
            read.complete(copy(in, output));
          } catch (IOException | RuntimeException e) {
            read.completeExceptionally(e);
          }
        });
    return read;
  }

  private boolean copy(InputStream in, Output output) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long rest = output.most();
    for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
      rest -= got;
      if (rest < 0) {
        process.destroyForcibly();
        return false;
      }
      output.to().write(buffer, 0, got);
    }
    return true;
  }
}
