package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disk images as files that `build` leaves.
final class DiskFileTest {
  private static final int MIB = 1 << 20;

  @TempDir private Path folder = Path.of("");

  /// Each container holds the disk that the others hold, also for other people's programs.
  @Test
  void containersHoldOneDisk() throws Exception {
    Machine machine = Machine.in(folder);
    Path raw = build(machine, "v1.9.5", "metal-amd64.raw");
    assertThat(room(raw)).as("zeros take no room").isLessThan(8 * MIB);
    assertThat(Files.size(raw)).isEqualTo(1_246L * MIB);
    Path vhd = build(machine, "v1.9.5", "metal-amd64.vhd");
    assertThat(room(vhd)).isLessThan(8 * MIB);
    assertThat(Files.mismatch(raw, vhd)).as("only a footer behind it").isEqualTo(Files.size(raw));
    Path qcow2 = build(machine, "v1.9.5", "metal-amd64.qcow2");
    run("qemu-img", "compare", raw.toString(), qcow2.toString());
    Path ova = build(machine, "v1.9.5", "metal-amd64.ova");
    run("tar", "-xf", ova.toString());
    run("qemu-img", "compare", raw.toString(), folder.resolve("disk.vmdk").toString());
  }

  private Path build(Machine machine, String version, String name) throws Exception {
    Path file = folder.resolve(name);
    Path configuration = Files.writeString(folder.resolve("config.yaml"), "customization: {}");
    try (ServiceProcess build =
        machine.command(
            "build",
            "--configuration",
            configuration.toString(),
            "--version",
            version,
            "--asset",
            name,
            "--output",
            file.toString())) {
      assertThat(build.awaitExit()).as(build.log()).isZero();
    }
    return file;
  }

  /// Bytes that a file takes on the disk.
  private long room(Path file) throws IOException, InterruptedException {
    String[] blocks = run("stat", "--format", "%b %B", file.toString()).strip().split(" ", -1);
    return Long.parseLong(blocks[0]) * Long.parseLong(blocks[1]);
  }

  private String run(String... command) throws IOException, InterruptedException {
    Command.Result result = Command.run(folder, List.of(command));
    assertThat(result.status()).as(result.output()).isZero();
    return result.output();
  }
}
