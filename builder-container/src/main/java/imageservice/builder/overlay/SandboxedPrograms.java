package imageservice.builder.overlay;

import imageservice.builder.cache.Workspace;
import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/// Runs programs of overlays in a sandbox (see [SandboxTool] and [UnshareScript]), one at a time,
/// so that the limits of one are the limits of all. Where no tool can make the sandbox, no program
/// runs.
public final class SandboxedPrograms implements OverlayPrograms {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  /// Bytes of output at most; options are far shorter.
  static final int MOST_OUTPUT = 1 << 16;

  private static final Program PROBE = new Program("probe", ProbeProgram.blob(), "");

  private final ProgramReport report;
  private final Duration limit;
  private final List<SandboxTool> tools;
  private final List<Path> readable;
  private final Lock oneAtATime = new ReentrantLock();

  /// @param limit after which a program is killed
  public SandboxedPrograms(Duration limit) {
    this(limit, List.of(SandboxTool.values()), List.of());
  }

  /// @param tools the first that works here is used
  /// @param readable files of the machine that programs see, at their own place
  SandboxedPrograms(Duration limit, List<SandboxTool> tools, List<Path> readable) {
    this.report = new ProgramReport(limit);
    this.limit = limit;
    this.tools = List.copyOf(tools);
    this.readable = List.copyOf(readable);
  }

  @Override
  public OverlayOptions options(Program program) throws IOException {
    requireFit(program);
    oneAtATime.lock();
    try {
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      SandboxTool tool = usableTool();
      report.requireSuccess(program.overlay(), print(tool, program, printed));
      return OptionsYaml.read(printed.toByteArray())
          .orElseThrow(() -> ProgramReport.unfit(program.overlay(), "did not print options"));
    } finally {
      oneAtATime.unlock();
    }
  }

  /// Runs it twice: what differs from run to run is no part of a plan.
  @Override
  public Blob install(
      Program program, SortedMap<String, Blob> artifacts, long diskSize, Workspace workspace)
      throws IOException {
    requireFit(program);
    oneAtATime.lock();
    try {
      Path archive = Artifacts.archive(program.overlay(), artifacts, workspace.newFile());
      requireInstallation(workspace);
      Path once = written(program, archive, diskSize, workspace);
      Path again = written(program, archive, diskSize, workspace);
      if (Files.mismatch(once, again) >= 0) {
        throw ProgramReport.unfit(program.overlay(), "does not write the same twice");
      }
      return new FileBlob(once);
    } finally {
      oneAtATime.unlock();
    }
  }

  private static void requireFit(Program program) throws UnfitInputException {
    if (!NAME.matcher(program.overlay()).matches()) {
      throw ProgramReport.unfit(program.overlay(), "has no name that a file can have");
    }
    if (program.executable().length() > SandboxLimits.LARGEST_PROGRAM) {
      throw ProgramReport.unfit(
          program.overlay(), "is larger than %d bytes".formatted(SandboxLimits.LARGEST_PROGRAM));
    }
  }

  /// The first tool that runs a program that does nothing.
  private SandboxTool usableTool() throws IOException {
    List<String> problems = new ArrayList<>();
    for (SandboxTool tool : tools) {
      SandboxedProcess.Outcome outcome = print(tool, PROBE, OutputStream.nullOutputStream());
      if (ProgramReport.isSuccess(outcome)) {
        return tool;
      }
      problems.add(tool.program() + ": " + report.problem(outcome));
    }
    throw new IOException(
        "programs of overlays run in a sandbox alone, which this machine does not give ("
            + String.join("; ", problems)
            + "): it takes bubblewrap or util-linux, a processor for linux/amd64, and leave to make"
            + " user name spaces, which containers and AWS Lambda mostly refuse");
  }

  private SandboxedProcess.Outcome print(SandboxTool tool, Program program, OutputStream printed)
      throws IOException {
    return run(
        program,
        program.options(),
        Optional.empty(),
        tool.command(program.overlay(), readable, SandboxUser.here()),
        new SandboxedProcess.Output(printed, MOST_OUTPUT));
  }

  /// Refuses where a program that does nothing cannot install.
  private void requireInstallation(Workspace workspace) throws IOException {
    Path none = Artifacts.archive(PROBE.overlay(), new TreeMap<>(), workspace.newFile());
    SandboxedProcess.Outcome outcome = install(PROBE, none, 512, workspace.newFile());
    if (!ProgramReport.isSuccess(outcome)) {
      throw new IOException(
          "programs of overlays write disks in a sandbox alone, which this machine does not give ("
              + report.problem(outcome)
              + "): it takes util-linux, tar, a processor for linux/amd64, and leave to make user"
              + " name spaces, which containers and AWS Lambda mostly refuse");
    }
  }

  /// What the program wrote, in a new file.
  private Path written(Program program, Path artifacts, long diskSize, Workspace workspace)
      throws IOException {
    Path output = workspace.newFile();
    report.requireSuccess(program.overlay(), install(program, artifacts, diskSize, output));
    return WrittenFirmware.of(
            program.overlay(), new FileBlob(output), UnshareScript.start(diskSize))
        .keep(workspace.newFile());
  }

  private SandboxedProcess.Outcome install(
      Program program, Path artifacts, long diskSize, Path output) throws IOException {
    UnshareScript script = UnshareScript.install(Files.size(artifacts), diskSize);
    try (OutputStream out = Files.newOutputStream(output)) {
      return run(
          program,
          Artifacts.order(program.options()),
          Optional.of(artifacts),
          script.command(program.overlay(), readable),
          new SandboxedProcess.Output(out, Artifacts.MOST_OUTPUT));
    }
  }

  private SandboxedProcess.Outcome run(
      Program program,
      String input,
      Optional<Path> artifacts,
      List<String> sandbox,
      SandboxedProcess.Output output)
      throws IOException {
    Path file = Files.createTempFile("overlay", ".program");
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        program.executable().writeTo(out);
      }
      List<String> command = SandboxFrame.here().command(file, artifacts, sandbox);
      return SandboxedProcess.run(command, input, limit, output);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
