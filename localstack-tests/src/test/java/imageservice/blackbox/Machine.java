package imageservice.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A folder with all that a service of our own needs: source, kit, state.
record Machine(Path folder, String source, Path kit) {
  static Machine in(Path folder) throws IOException {
    return in(folder, SyntheticRelease.VERSIONS, 1);
  }

  /// @param scale multiplies the sizes of kernel and initramfs
  static Machine in(Path folder, List<String> versions, int scale) throws IOException {
    Path source = SyntheticRelease.write(folder.resolve("source"), versions, scale);
    return new Machine(folder, "oci:" + source, SyntheticGrubKit.write(folder.resolve("grub-kit")));
  }

  Machine withSource(String other) {
    return new Machine(folder, other, kit);
  }

  /// Where the synthetic releases lie.
  Path releases() {
    return folder.resolve("source");
  }

  Path data() {
    return folder.resolve("data");
  }

  /// Starts the service and waits for it.
  ///
  /// @param port 0 for any
  /// @param more options
  ServiceProcess serve(int port, String... more) throws IOException, InterruptedException {
    return begin(port, more).awaitReady();
  }

  /// Starts the service and does not wait.
  ServiceProcess begin(int port, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of("serve", "--port", Integer.toString(port)));
    all.addAll(List.of(more));
    return command(all.toArray(String[]::new));
  }

  /// The same with credentials of a store, or whatever else its environment has.
  ServiceProcess begin(Map<String, String> environment, int port, String... more)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("serve", "--port", Integer.toString(port)));
    all.addAll(List.of(more));
    Path output = Files.createDirectories(folder.resolve("output"));
    return ServiceProcess.start(
        output, Files.createTempFile(output, "out", ".txt"), complete(all), environment);
  }

  /// Another machine with the same releases.
  Machine beside(String name) {
    return new Machine(folder.resolve(name), source, kit);
  }

  /// Starts a command with the options that every command takes.
  ServiceProcess command(String... arguments) throws IOException {
    return ServiceProcess.start(folder.resolve("output"), complete(List.of(arguments)));
  }

  /// Starts a command whose standard output is a file or a device.
  ServiceProcess into(Path out, List<String> arguments) throws IOException {
    return ServiceProcess.start(folder.resolve("output"), out, complete(arguments));
  }

  /// What is made for tests is unsigned, but where a test says otherwise.
  private List<String> complete(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    if (!arguments.contains("--source-policy")) {
      all.add("--insecure-sources");
    }
    all.addAll(
        List.of("--data", data().toString(), "--source", source, "--grub-kit", kit.toString()));
    return all;
  }
}
