package imageservice.blackbox.container;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Builds and runs images with buildah and podman, without a daemon, and with everything that they
/// keep in one folder, which is deleted in the end.
public final class Engine {
  private static final String POLICY = "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}";

  private final Path folder;

  private Engine(Path folder) {
    this.folder = folder;
  }

  public static Engine open(Path folder) throws IOException {
    Command.require("buildah");
    Command.require("podman");
    Command.require("runc");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("containers.conf"), containers(folder));
    Files.writeString(folder.resolve("storage.conf"), storage(folder));
    Files.writeString(folder.resolve("policy.json"), POLICY);
    return new Engine(folder);
  }

  /// Makes an image out of the archive of a root file system.
  public void load(Path archive, String image) throws IOException, InterruptedException {
    succeed("podman", "import", "--quiet", archive.toString(), image);
  }

  /// Takes the images of an archive, as `docker load` does; returns what it says of them.
  public String take(Path archive) throws IOException, InterruptedException {
    return succeed("podman", "load", "--quiet", "--input", archive.toString());
  }

  /// Starts an image as it is, detached, with a read-only root. It shares the network of this
  /// machine.
  ///
  /// @param mounts folders and volumes, `FROM:TO`
  public void serve(String name, String image, List<String> mounts, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("podman", "run", "--detach", "--name", name));
    command.addAll(List.of("--network", "host", "--read-only", "--read-only-tmpfs=false"));
    command.addAll(List.of("--cap-drop", "all", "--security-opt", "no-new-privileges"));
    mounts.forEach(mount -> command.addAll(List.of("--volume", mount)));
    command.add(image);
    command.addAll(arguments);
    succeed(command.toArray(String[]::new));
  }

  /// Asks a container to end, as engines do; returns its exit status.
  public int stop(String name) throws IOException, InterruptedException {
    succeed("podman", "stop", "--time", "30", name);
    return Integer.parseInt(inspect(name, "{{.State.ExitCode}}"));
  }

  /// A fact of a container or an image, in the form of a Go template.
  public String inspect(String name, String template) throws IOException, InterruptedException {
    return succeed("podman", "inspect", "--format", template, name).strip();
  }

  /// @param more arguments, such as `--build-arg`
  public void build(String image, Path dockerfile, Path context, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("buildah", "bud", "--isolation", "chroot", "--layers=false"));
    command.addAll(List.of("--signature-policy", folder.resolve("policy.json").toString()));
    command.addAll(List.of("--pull-never", "--tag", image, "--file", dockerfile.toString()));
    command.addAll(List.of(more));
    command.add(context.toString());
    succeed(command.toArray(String[]::new));
  }

  /// The folder in which an image can be looked at.
  public Path mount(String image) throws IOException, InterruptedException {
    return Path.of(succeed("podman", "image", "mount", image).strip());
  }

  /// Starts an image as Lambda does: nothing but `/tmp` can be written. It shares the network of
  /// this machine, so that none has to be made.
  public void start(
      String name, String image, String entryPoint, Map<String, String> variables, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("podman", "run", "--detach", "--name", name));
    command.addAll(List.of("--network", "host", "--read-only", "--read-only-tmpfs=false"));
    command.addAll(List.of("--tmpfs", "/tmp", "--entrypoint", entryPoint));
    variables.forEach(
        (variable, value) -> command.addAll(List.of("--env", variable + "=" + value)));
    command.add(image);
    command.addAll(List.of(more));
    succeed(command.toArray(String[]::new));
  }

  /// What a container has written.
  public String logs(String name) throws IOException, InterruptedException {
    return succeed("podman", "logs", name);
  }

  /// Runs a program in a container that was started.
  public Command.Result exec(String name, String... program)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("podman", "exec", name));
    command.addAll(List.of(program));
    return run(command.toArray(String[]::new));
  }

  public void remove(String name) throws IOException, InterruptedException {
    succeed("podman", "rm", "--force", "--time", "0", name);
  }

  /// Ends all that runs, and deletes the folder.
  public void delete() throws IOException, InterruptedException {
    run("podman", "rm", "--all", "--force", "--time", "0");
    run("podman", "image", "unmount", "--all", "--force");
    succeed("rm", "-rf", "--one-file-system", folder.toString());
  }

  private String succeed(String... command) throws IOException, InterruptedException {
    Command.Result result = run(command);
    assertThat(result.status()).as("%s: %s", List.of(command), result.output()).isZero();
    return result.output();
  }

  private Command.Result run(String... command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(List.of("env"));
    whole.add("CONTAINERS_CONF=" + folder.resolve("containers.conf"));
    whole.add("CONTAINERS_STORAGE_CONF=" + folder.resolve("storage.conf"));
    whole.addAll(List.of(command));
    return Command.run(folder.resolveSibling(""), whole);
  }

  /// Limits that are low enough for a machine that may not raise its own.
  private static String containers(Path folder) {
    return """
    [containers]
    default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
    [network]
    network_config_dir = "%1$s/networks"
    [engine]
    runtime = "runc"
    cgroup_manager = "cgroupfs"
    events_logger = "file"
    lock_type = "file"
    tmp_dir = "%1$s/tmp"
    static_dir = "%1$s/static"
    volume_path = "%1$s/volumes"
    """
        .formatted(folder);
  }

  private static String storage(Path folder) {
    return """
    [storage]
    driver = "overlay"
    graphroot = "%1$s/graph"
    runroot = "%1$s/run"
    """
        .formatted(folder);
  }
}
