package imageservice.builder.assemble;

import imageservice.formats.testing.Judge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// swtpm on the loopback interface, from power-on to power-off, in the hands of tpm2-tools. What it
/// keeps is in a folder, so that the next one over the same folder is the same TPM.
final class SoftwareTpm implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final Process process;
  private final int port;

  private SoftwareTpm(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /// @param folder for its state, and for the files that commands name
  static SoftwareTpm start(Path folder) throws IOException, InterruptedException {
    Judge.named("swtpm");
    int port = twoFreePorts();
    Path state = Files.createDirectories(folder.resolve("state"));
    Process process =
        new ProcessBuilder(
                "swtpm",
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + state,
                "--server",
                "type=tcp,bindaddr=127.0.0.1,port=" + port,
                "--ctrl",
                "type=tcp,bindaddr=127.0.0.1,port=" + (port + 1),
                "--flags",
                "not-need-init,startup-clear")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("swtpm.log").toFile())
            .start();
    SoftwareTpm tpm = new SoftwareTpm(folder, process, port);
    tpm.awaitListening();
    return tpm;
  }

  /// tpm2-tools take the second port for the one behind the first.
  private static int twoFreePorts() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    for (int tries = 0; tries < 100; tries++) {
      try (ServerSocket first = new ServerSocket(0, 1, loopback);
          ServerSocket second = new ServerSocket(first.getLocalPort() + 1, 1, loopback)) {
        return second.getLocalPort() - 1;
      } catch (IOException | IllegalArgumentException e) {
        // The one behind it is taken.
      }
    }
    throw new IOException("no two free ports beside each other");
  }

  private void awaitListening() throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      try (Socket control = new Socket()) {
        control.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port + 1));
        return;
      } catch (IOException e) {
        if (!process.isAlive() || Instant.now().isAfter(end)) {
          throw new IOException(Files.readString(folder.resolve("swtpm.log")), e);
        }
        Thread.sleep(20);
      }
    }
  }

  /// Runs one of tpm2-tools, such as `pcrread`, with words of its command line.
  Judge.Verdict run(String tool, String... words) {
    Judge.Verdict verdict =
        Judge.named("tpm2_" + tool).run(folder, Map.of("TPM2TOOLS_TCTI", tcti()), List.of(words));
    Judge.named("tpm2_flushcontext")
        .run(folder, Map.of("TPM2TOOLS_TCTI", tcti()), List.of("-t"))
        .accepted();
    return verdict;
  }

  private String tcti() {
    return "swtpm:host=127.0.0.1,port=" + port;
  }

  /// Extends PCR 11 of the bank SHA-256 by digests, in their order.
  void extend(List<byte[]> digests) {
    List<String> words = new ArrayList<>();
    digests.forEach(digest -> words.add("11:sha256=" + HexFormat.of().formatHex(digest)));
    run("pcrextend", words.toArray(String[]::new)).accepted();
  }

  @Override
  public void close() {
    run("shutdown", "--clear");
    process.destroy();
    process.onExit().join();
  }
}
