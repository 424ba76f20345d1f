package imageservice.builder.overlay;

import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Judge;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Overlay programs for tests: scripts of busybox, which is linked statically and the one other
/// file in their sandbox.
final class Scripts {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private Scripts() {}

  /// @param limit in seconds
  static OverlayPrograms programs(SandboxTool tool, int limit) {
    Judge.named("busybox");
    Judge.named(tool.program());
    return new SandboxedPrograms(Duration.ofSeconds(limit), List.of(tool), List.of(BUSYBOX));
  }

  /// Each program of busybox is called as a command of its own.
  static Blob script(String body) {
    return Blob.of("#!/bin/busybox sh\nb=/bin/busybox\n" + body);
  }

  static OverlayPrograms.Program program(String overlay, Blob executable, String options) {
    return new OverlayPrograms.Program(overlay, executable, options);
  }

  static List<String> run(SandboxTool tool, String body, String options) throws IOException {
    return programs(tool, 30).options(program("board", script(body), options)).kernelArguments();
  }
}
