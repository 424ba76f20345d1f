package imageservice.local;

import imageservice.demo.DemoReleases;
import imageservice.demo.Packages;
import imageservice.release.TalosVersion;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything that `--demo` needs and that is not there yet: Debian's packages, the miniature
/// releases made of them, and the GRUB kit. Fetching packages and making the kit are scripts of
/// `grub-kit`; all else is Java.
///
/// @param cache where all of it is kept
/// @param home the folder that has `grub-kit`; without one, packages and kit must be there
record DemoSetup(Path cache, Optional<Path> home, PrintStream log) {
  private static final String FETCH = "fetch-packages";
  private static final String KIT = "make-grub-kit";

  static DemoSetup standard(PrintStream log) {
    @Nullable String home = System.getProperty(ShippedKit.HOME);
    return new DemoSetup(SharedOptions.cache(), Optional.ofNullable(home).map(Path::of), log);
  }

  /// The folder of OCI layouts with these versions, made where they are missing.
  Path releases(List<TalosVersion> versions) throws CommandException {
    DemoReleases releases = new DemoReleases(cache.resolve("demo"), this::say);
    try {
      List<TalosVersion> missing = releases.missing(versions);
      if (!missing.isEmpty()) {
        releases.add(missing, packages(cache.resolve("packages")));
      }
      return releases.layouts();
    } catch (IOException e) {
      throw new CommandException(DemoOptions.SWITCH + ": " + Reason.of(e));
    }
  }

  /// The packages in a folder, which fetches those that are missing.
  Packages packages(Path folder) throws IOException, CommandException {
    Packages packages = new Packages(folder);
    if (!packages.isComplete()) {
      say("fetching Debian's packages (once, about 55 MB)");
      run(FETCH, "--cache", folder.toString());
    }
    return packages;
  }

  /// Makes the kit where there is none.
  Path grubKit(Path kit) throws CommandException {
    if (!Files.exists(kit.resolve("kit.json"))) {
      say("making the GRUB kit");
      run(KIT, "--out", kit.toString(), "--cache", cache.resolve("packages").toString());
    }
    return kit;
  }

  private void run(String script, String... arguments) throws CommandException {
    Path program = script(script);
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    int status;
    try {
      status =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor();
    } catch (IOException e) {
      throw new CommandException("%s cannot be run: %s".formatted(program, Reason.of(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(program + " was interrupted");
    }
    if (status != 0) {
      throw new CommandException(
          "%s ended with status %d; what it says stands above".formatted(program, status));
    }
  }

  private Path script(String name) throws CommandException {
    Optional<Path> script = home.map(folder -> folder.resolve("grub-kit").resolve(name));
    if (script.isEmpty() || !Files.isExecutable(script.get())) {
      throw new CommandException(
          "%s has not all that the demo needs, and there is no grub-kit/%s to get it: start with -D%s=DIR, the folder that has grub-kit"
              .formatted(cache, name, ShippedKit.HOME));
    }
    return script.get();
  }

  private void say(String line) {
    log.println("image-service: " + line);
  }
}
