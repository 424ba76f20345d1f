package imageservice.builder.overlay;

import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.text.Shown;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/// Runs programs of overlays in a sandbox (see [SandboxTool]), one at a time, so that the limits of
/// one are the limits of all. Where no tool can make the sandbox, no program runs.
public final class SandboxedPrograms implements OverlayPrograms {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  private static final Pattern PATH = Pattern.compile("(?<![^\\s\"'(=:])/[^\\s\"'),;:]*+");

  /// Bytes of output at most; options are far shorter.
  static final int MOST_OUTPUT = 1 << 16;

  /// Characters of a program's error that a message quotes.
  private static final int LONGEST_MESSAGE = 200;

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
    this.limit = limit;
    this.tools = List.copyOf(tools);
    this.readable = List.copyOf(readable);
  }

  @Override
  public List<String> kernelArguments(String overlay, Blob program, String options)
      throws IOException {
    if (!NAME.matcher(overlay).matches()) {
      throw unfit(overlay, "has no name that a file can have");
    }
    if (program.length() > SandboxLimits.LARGEST_PROGRAM) {
      throw unfit(overlay, "is larger than %d bytes".formatted(SandboxLimits.LARGEST_PROGRAM));
    }
    oneAtATime.lock();
    try {
      byte[] printed = printed(overlay, run(usableTool(), overlay, program, options));
      return OptionsYaml.kernelArguments(printed)
          .orElseThrow(() -> unfit(overlay, "did not print options"));
    } finally {
      oneAtATime.unlock();
    }
  }

  /// The first tool that runs a program that does nothing.
  private SandboxTool usableTool() throws IOException {
    List<String> problems = new ArrayList<>();
    for (SandboxTool tool : tools) {
      SandboxedProcess.Outcome outcome = run(tool, "probe", ProbeProgram.blob(), "");
      if (outcome instanceof SandboxedProcess.Ended ended && ended.status() == 0) {
        return tool;
      }
      problems.add(tool.program() + ": " + problem(outcome));
    }
    throw new IOException(
        "programs of overlays run in a sandbox alone, which this machine does not give ("
            + String.join("; ", problems)
            + "): it takes bubblewrap or util-linux, a processor for linux/amd64, and leave to make"
            + " user name spaces, which containers and AWS Lambda mostly refuse");
  }

  private SandboxedProcess.Outcome run(SandboxTool tool, String name, Blob program, String options)
      throws IOException {
    Path file = Files.createTempFile("overlay", ".program");
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        program.writeTo(out);
      }
      return SandboxedProcess.run(
          SandboxFrame.here().command(file, tool, name, readable), options, limit, MOST_OUTPUT);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private byte[] printed(String overlay, SandboxedProcess.Outcome outcome) throws IOException {
    if (outcome instanceof SandboxedProcess.Ended ended && ended.status() == 0) {
      return ended.output().bytes(MOST_OUTPUT);
    }
    throw unfit(overlay, problem(outcome));
  }

  private String problem(SandboxedProcess.Outcome outcome) throws IOException {
    return switch (outcome) {
      case SandboxedProcess.Ended ended ->
          "ended with %d and %s".formatted(ended.status(), said(ended.errors()));
      case SandboxedProcess.Overdue _ -> "did not end within %d s".formatted(limit.toSeconds());
      case SandboxedProcess.Excessive _ -> "printed more than %d bytes".formatted(MOST_OUTPUT);
    };
  }

  /// The first line of what a program or its sandbox wrote, as its own word. Paths are left out:
  /// they are the machine's, or look so.
  private static String said(Blob errors) throws IOException {
    return new String(errors.bytes(MOST_OUTPUT), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .map(line -> PATH.matcher(line.strip()).replaceAll("(a path)").replace('"', '\''))
        .map(line -> "said \"" + Shown.of(line, LONGEST_MESSAGE) + "\"")
        .orElse("said nothing");
  }

  private static UnfitInputException unfit(String overlay, String problem) {
    return new UnfitInputException("overlay \"%s\": its program %s".formatted(overlay, problem));
  }
}
