package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What boots: miniature releases, GRUB and iPXE, made of Debian's packages where they are not in
/// `-Dboot.workspace=…` yet.
record BootMaterial(Path workspace) {
  private static final String PATIENCE = "300"; // seconds

  static BootMaterial prepare(List<String> versions) throws IOException, InterruptedException {
    Path workspace =
        Path.of(
                System.getProperty(
                    "boot.workspace", System.getProperty("build.folder", "target") + "/boot"))
            .toAbsolutePath();
    Files.createDirectories(workspace);
    for (String version : versions) {
      if (!Files.exists(workspace.resolve("mini").resolve(version))) {
        script(
            "fixtures/make-mini-release.sh",
            "--out",
            workspace.resolve("mini").toString(),
            "--version",
            version,
            "--oci",
            workspace.resolve("oci").toString());
      }
    }
    if (!Files.exists(workspace.resolve("grub-kit"))) {
      script("grub-kit/make-grub-kit", "--out", workspace.resolve("grub-kit").toString());
    }
    return new BootMaterial(workspace);
  }

  /// A folder for a service over the releases.
  Machine machine(Path folder) {
    return new Machine(folder, "oci:" + releases(), workspace.resolve("grub-kit"));
  }

  /// The folder with an OCI layout of each image.
  Path releases() {
    return workspace.resolve("oci");
  }

  /// A disk that starts an iPXE of these days under UEFI.
  Path ipxeDisk() throws IOException, InterruptedException {
    Path disk = workspace.resolve("ipxe.img");
    if (!Files.exists(disk)) {
      script("fixtures/make-ipxe-disk.sh", "--out", disk.toString());
    }
    return disk;
  }

  /// The serial port's log of a machine that said that it runs.
  ///
  /// @param options of `fixtures/boot-vm.sh`: what the machine is and boots from
  static String boot(String... options) throws IOException, InterruptedException {
    Path log = Files.createTempFile("serial", ".log");
    try {
      List<String> command = new ArrayList<>(List.of("fixtures/boot-vm.sh"));
      command.addAll(List.of(options));
      command.addAll(List.of("--timeout", PATIENCE, "--log", log.toString()));
      script(command.toArray(String[]::new));
      return Files.readString(log, StandardCharsets.ISO_8859_1);
    } finally {
      Files.delete(log);
    }
  }

  /// Runs a script of the repository, which must end well.
  static void script(String... command) throws IOException, InterruptedException {
    Path repository = Path.of(System.getProperty("repository.folder", ".."));
    List<String> all = new ArrayList<>(List.of(command));
    all.set(0, repository.resolve(command[0]).toRealPath().toString());
    Command.Result result = Command.run(repository, all);
    assertThat(result.status()).as(result.output()).isZero();
  }
}
