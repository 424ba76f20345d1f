package imageservice.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A service that a test class has for itself, in a process and a folder of its own.
record OwnService(Path folder, ServiceProcess process, Client client) implements AutoCloseable {
  /// Makes a machine in a folder.
  @FunctionalInterface
  interface Maker {
    Machine in(Path folder) throws IOException;
  }

  /// Starts one.
  ///
  /// @param port 0 for any
  /// @param more options
  static OwnService start(Maker machine, int port, String... more)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("own-service");
    ServiceProcess process = machine.in(folder).serve(port, more);
    return new OwnService(folder, process, new Client(process.url()));
  }

  @Override
  public void close() throws IOException {
    client.close();
    process.close();
    ServiceUnderTest.delete(folder);
  }
}
