package imageservice.infra.deploy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What both commands take.
final class CommonOptions {
  @Option(
      names = "-c",
      paramLabel = "NAME=VALUE",
      description =
          "A setting, for now and all later deployments; without a value it is forgotten."
              + " docs/deploying.md has them all.")
  Map<String, String> given = new LinkedHashMap<>();

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "Where settings are remembered (default: deploy.json in the checkout).")
  @Nullable Path settings;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "This text.")
  boolean help;

  SettingsFile file(Surroundings surroundings) {
    Path file = settings;
    return new SettingsFile(file == null ? surroundings.repository().resolve("deploy.json") : file);
  }
}
