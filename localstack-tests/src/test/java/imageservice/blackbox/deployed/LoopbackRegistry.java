package imageservice.blackbox.deployed;

import imageservice.blackbox.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Debian's container registry on a port of the loopback interface, looked into by skopeo.
public final class LoopbackRegistry implements AutoCloseable {
  private final Process process;
  private final Path folder;
  private final int port;

  private LoopbackRegistry(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /// @param folder for its images and its log
  public static LoopbackRegistry start(Path folder) throws IOException, InterruptedException {
    Command.require("docker-registry");
    Command.require("skopeo");
    Files.createDirectories(folder);
    int port = freePort();
    Path configuration =
        Files.writeString(
            folder.resolve("registry.yml"),
            """
            version: 0.1
            storage:
              filesystem:
                rootdirectory: %s
            http:
              addr: 127.0.0.1:%d
            """
                .formatted(folder.resolve("images"), port));
    Files.writeString(
        folder.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
    Process process =
        new ProcessBuilder("docker-registry", "serve", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("registry.log").toFile())
            .start();
    LoopbackRegistry registry = new LoopbackRegistry(process, folder, port);
    while (!registry.listens()) {
      if (!process.isAlive()) {
        throw new IOException(Files.readString(folder.resolve("registry.log")));
      }
      Thread.sleep(50);
    }
    return registry;
  }

  public String authority() {
    return "127.0.0.1:" + port;
  }

  /// Puts all images of an OCI layout there.
  public void push(Path layout, String name) throws IOException, InterruptedException {
    skopeo("copy", "--all", "--dest-tls-verify=false", "oci:" + layout, image(name));
  }

  /// An image's manifest as it is.
  public String manifest(String name) throws IOException, InterruptedException {
    return skopeo("inspect", "--raw", "--tls-verify=false", image(name));
  }

  public String config(String name) throws IOException, InterruptedException {
    return skopeo("inspect", "--config", "--tls-verify=false", image(name));
  }

  /// Copies an image's blobs, each under its digest in hex, to a folder.
  public void pull(String name, Path to) throws IOException, InterruptedException {
    skopeo("copy", "--src-tls-verify=false", image(name), "dir:" + to);
  }

  private String image(String name) {
    return "docker://" + authority() + "/" + name;
  }

  private String skopeo(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("skopeo"));
    command.addAll(List.of("--policy", folder.resolve("policy.json").toString()));
    command.addAll(List.of(arguments));
    Command.Result result = Command.run(folder, command);
    if (result.status() != 0) {
      throw new IOException(command + ": " + result.output());
    }
    return result.output();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
