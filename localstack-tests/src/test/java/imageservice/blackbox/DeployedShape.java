package imageservice.blackbox;

import imageservice.blackbox.deployed.Artifacts;
import imageservice.blackbox.deployed.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The stack in an emulator of AWS. Its template is made once.
final class DeployedShape implements Shape {
  private static final Path REPOSITORY = Path.of(System.getProperty("repository.folder", ".."));

  private @Nullable Path folder;
  private @Nullable Artifacts artifacts;

  @Override
  public void require() {
    Command.require(Deployment.program());
  }

  @Override
  public DeployedService start(Path own) throws IOException, InterruptedException {
    return start(own, Map.of());
  }

  @Override
  public DeployedService start(Machine machine) throws IOException, InterruptedException {
    return start(machine, Map.of());
  }

  /// @param account limits of the emulated account, as the emulator's environment
  DeployedService start(Path own, Map<String, String> account)
      throws IOException, InterruptedException {
    return start(Machine.in(own), account);
  }

  /// @param machine with the releases that there are
  DeployedService start(Machine machine, Map<String, String> account)
      throws IOException, InterruptedException {
    return start(machine, machine.releases(), account);
  }

  /// @param releases a folder of OCI layouts
  DeployedService start(Machine machine, Path releases, Map<String, String> account)
      throws IOException, InterruptedException {
    return start(artifacts(), machine, releases, Map.of(), account);
  }

  /// @param account as its emulator's environment
  /// @param settings of the stack
  DeployedService start(Path own, Map<String, String> account, Map<String, String> settings)
      throws IOException, InterruptedException {
    Machine machine = Machine.in(own);
    return start(artifacts().with(own, settings), machine, machine.releases(), Map.of(), account);
  }

  /// @param settings of the stack
  /// @param key that signs, in a file in place of KMS, whose RSA keys the emulator does not have
  DeployedService start(Path own, Map<String, String> settings, Path key)
      throws IOException, InterruptedException {
    Machine machine = Machine.in(own);
    Map<String, String> files = Map.of("SIGNING_KEY", key.toString());
    return start(artifacts().with(own, settings), machine, machine.releases(), files, Map.of());
  }

  private static DeployedService start(
      Artifacts artifacts,
      Machine machine,
      Path releases,
      Map<String, String> files,
      Map<String, String> account)
      throws IOException, InterruptedException {
    FaultyRegistry registry = new FaultyRegistry(releases);
    Map<String, String> all = new HashMap<>(files);
    all.put("GRUB_KIT", machine.kit().toString());
    Deployment deployment =
        Deployment.of(
            artifacts, machine.folder().resolve("deployment"), registry.prefix(), all, account);
    return new DeployedService(machine, registry, deployment);
  }

  /// What it deploys.
  synchronized Artifacts artifacts() throws IOException, InterruptedException {
    Artifacts made = artifacts;
    if (made == null) {
      folder = Files.createTempDirectory("image-service-stack");
      made = Artifacts.make(REPOSITORY, folder);
      artifacts = made;
    }
    return made;
  }

  @Override
  public synchronized void close() throws IOException {
    Path made = folder;
    if (made != null) {
      ServiceUnderTest.delete(made);
    }
  }
}
