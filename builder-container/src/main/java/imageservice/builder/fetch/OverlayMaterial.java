package imageservice.builder.fetch;

import imageservice.builder.cache.Derived;
import imageservice.builder.material.InstalledFirmware;
import imageservice.builder.overlay.OverlayOptions;
import imageservice.builder.overlay.OverlayPrograms;
import imageservice.builder.overlay.WrittenFirmware;
import imageservice.formats.blob.Blob;
import imageservice.plan.Input;
import imageservice.plan.OverlayInstallation;
import imageservice.plan.OverlayProgram;
import imageservice.plan.PlannedCommandLine;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/// What overlays' programs add to the material of one plan. A program is asked for its options
/// once; what it put on a disk is kept for all disks of its size.
final class OverlayMaterial {
  private final OverlayPrograms programs;
  private final Derived derived;
  private final Map<Input.ImageFile, Blob> files;
  private final Map<OverlayProgram, OverlayOptions> asked = new HashMap<>();

  /// @param files of the plan, with its programs
  OverlayMaterial(OverlayPrograms programs, Derived derived, Map<Input.ImageFile, Blob> files) {
    this.programs = programs;
    this.derived = derived;
    this.files = files;
  }

  String commandLine(PlannedCommandLine line) throws IOException {
    return switch (line) {
      case PlannedCommandLine.Settled(String text) -> text;
      case PlannedCommandLine.WithOverlay planned ->
          planned.line().with(options(planned.program()).kernelArguments());
    };
  }

  /// @param artifacts of the overlay, by path
  InstalledFirmware installed(OverlayInstallation installation, SortedMap<String, Blob> artifacts)
      throws IOException {
    OverlayProgram program = installation.firmware().program();
    String name =
        "overlay-installation/1 %s %s %s %d %s"
            .formatted(
                program.file().repository(),
                program.file().image(),
                program.file().path(),
                installation.diskSize(),
                program.options());
    Blob kept =
        derived.of(
            name,
            workspace ->
                programs.install(
                    executable(program), artifacts, installation.diskSize(), workspace));
    WrittenFirmware written = WrittenFirmware.read(kept);
    return new InstalledFirmware(options(program).skip(), written.raw(), written.files());
  }

  private OverlayOptions options(OverlayProgram program) throws IOException {
    OverlayOptions before = asked.get(program);
    if (before != null) {
      return before;
    }
    OverlayOptions now = programs.options(executable(program));
    asked.put(program, now);
    return now;
  }

  private OverlayPrograms.Program executable(OverlayProgram program) {
    return new OverlayPrograms.Program(
        program.overlay(), Objects.requireNonNull(files.get(program.file())), program.options());
  }
}
