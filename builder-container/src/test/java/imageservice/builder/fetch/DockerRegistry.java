package imageservice.builder.fetch;

import imageservice.formats.testing.Judge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/// Debian's registry on loopback, the reference of its protocol.
final class DockerRegistry implements AutoCloseable {
  private final Process process;
  private final int port;

  private DockerRegistry(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static DockerRegistry start(Path folder) throws Exception {
    return start(folder, "");
  }

  /// A registry that only users with a password may read.
  ///
  /// @param users a line of `htpasswd` each, with bcrypt
  static DockerRegistry forUsers(Path folder, String users) throws Exception {
    Path file = Files.writeString(folder.resolve("htpasswd"), users);
    return start(
        folder,
        """
        auth:
          htpasswd:
            realm: a realm, with "quotes"
            path: %s
        """
            .formatted(file));
  }

  String authority() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private static DockerRegistry start(Path folder, String more) throws Exception {
    Judge.named("docker-registry");
    int port = freePort();
    Path configuration = folder.resolve("registry.yml");
    Files.writeString(
        configuration,
        """
        version: 0.1
        storage:
          filesystem:
            rootdirectory: %s
        http:
          addr: 127.0.0.1:%d
        %s\
        """
            .formatted(folder.resolve("registry"), port, more));
    Path log = folder.resolve("registry.log");
    Process process =
        new ProcessBuilder("docker-registry", "serve", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    while (!listens(port)) {
      if (!process.isAlive()) {
        throw new AssertionError(Files.readString(log));
      }
      Thread.sleep(50);
    }
    return new DockerRegistry(process, port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
