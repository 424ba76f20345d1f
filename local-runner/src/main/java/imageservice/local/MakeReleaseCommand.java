package imageservice.local;

import imageservice.demo.DemoReleases;
import imageservice.demo.DemoVersions;
import imageservice.demo.Packages;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `make-release`: miniature releases, as `serve --demo` has them, in a folder.
@Command(
    name = "make-release",
    description = {
      "Make miniature releases to try the service on, out of Debian's packages.",
      "They have the shape of Talos's, and boot. Serve them:"
          + " image-service serve --source oci:DIR/oci --insecure-sources"
    })
final class MakeReleaseCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "where to put them: DIR/oci has an OCI layout of each image; what is there already stays")
  private Path out = Path.of("");

  @Option(
      names = "--version",
      paramLabel = "V[,V]",
      defaultValue = DemoVersions.STANDARD,
      description = "versions of Talos (default: ${DEFAULT-VALUE})")
  private String versions = DemoVersions.STANDARD;

  @Option(
      names = "--packages",
      paramLabel = "DIR",
      description =
          "Debian's packages, as grub-kit/fetch-packages keeps them; fetched where they are missing (default: $XDG_CACHE_HOME/image-service/packages)")
  private @Nullable Path packages;

  /// Only `--help` of picocli's standard options: `--version` is the Talos version here.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this and exit")
  void help(boolean asked) {
    // picocli prints the usage by itself
  }

  @Override
  public Integer call() throws CommandException {
    PrintStream log = System.err;
    List<TalosVersion> wanted = DemoOptions.parse("--version", versions);
    DemoReleases releases = new DemoReleases(out, line -> log.println("image-service: " + line));
    try {
      List<TalosVersion> missing = releases.missing(wanted);
      if (missing.isEmpty()) {
        log.println("image-service: all of them are there already");
      } else {
        releases.add(missing, packages());
      }
    } catch (IOException e) {
      throw new CommandException(out + ": " + Reason.of(e));
    }
    System.out.println(releases.layouts());
    return 0;
  }

  private Packages packages() throws IOException, CommandException {
    DemoSetup setup = DemoSetup.standard(System.err);
    return setup.packages(packages != null ? packages : setup.cache().resolve("packages"));
  }
}
