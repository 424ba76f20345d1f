package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imageservice.blackbox.Client.Answer;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk without room, on a file system in memory that only a superuser can mount.
final class DiskFullTest {
  private static final int SPARED = 600_000;

  @TempDir private Path folder = Path.of("");
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Command.Result mount =
        Command.run(
            folder, List.of("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", data.toString()));
    mounted = mount.status() == 0;
    assumeTrue(mounted, "SKIPPED: a small file system cannot be mounted: " + mount.output());
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      Command.run(folder, List.of("umount", folder.resolve("data").toString()));
    }
  }

  @Test
  void saysSoAndGoesOnOnceThereIsRoom() throws Exception {
    Machine machine = Machine.in(folder);
    Path ballast = machine.data().resolve("ballast");
    try (ServiceProcess service = machine.serve(0);
        Client client = new Client(service.url())) {
      String path = "/image/" + client.configure("customization: {}") + "/v1.9.5/metal-amd64.iso";
      fill(ballast, machine.data());
      Answer failed = client.follow("GET", path);
      assertThat(failed.status()).as(failed.toString()).isEqualTo(503);
      assertThat(failed.text().strip().lines()).hasSize(1);
      assertThat(failed.text()).doesNotContain("\tat ", "Exception", folder.toString());
      assertThat(failed.required("retry-after")).matches("[0-9]+");
      Files.delete(ballast);
      Answer answer = client.download(path);
      for (int i = 0; i < 10 && answer.status() == 503; i++) {
        Thread.sleep(1000L * Long.parseLong(answer.required("retry-after")));
        answer = client.download(path);
      }
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      assertThat(client.download(path.replace("metal-amd64.iso", "kernel-amd64")).body())
          .isEqualTo(SyntheticRelease.kernel("v1.9.5", "amd64", 1));
    }
  }

  /// Leaves room for records and none for assets.
  private static void fill(Path ballast, Path folder) throws Exception {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      byte[] block = new byte[100_000];
      while (folder.toFile().getUsableSpace() > SPARED) {
        out.write(block);
      }
    }
  }
}
