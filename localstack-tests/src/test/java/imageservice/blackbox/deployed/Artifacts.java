package imageservice.blackbox.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// What is deployed, made once: the stack's template as it is.
///
/// @param repository the checkout, with everything that is shipped built
/// @param template as the stack's program made it, with {@link #CONTEXT}
public record Artifacts(Path repository, ObjectNode template) {
  /// Stands for the address of the API, which is known once it is deployed.
  static final String EXTERNAL_URL = "http://deployed.invalid/";

  /// Stands for the registry.
  static final String SOURCE_PREFIX = "registry.invalid/siderolabs/";

  /// What a function's role allows it, logs apart.
  ///
  /// @param role begins so in the template
  public Set<String> allowed(String role) {
    Set<String> actions = new TreeSet<>();
    template
        .path("Resources")
        .properties()
        .forEach(resource -> {
          if (resource.getKey().startsWith(role)
              && resource.getValue().path("Type").asText().equals("AWS::IAM::Policy")) {
            for (JsonNode statement :
                resource.getValue().at("/Properties/PolicyDocument/Statement")) {
              JsonNode action = statement.path("Action");
              if (action.isTextual()) {
                actions.add(action.asText());
              }
              action.forEach(each -> actions.add(each.asText()));
            }
          }
        });
    return actions;
  }

  private static final Map<String, String> CONTEXT =
      Map.of(
          "insecureSources",
          "true",
          "externalUrl",
          EXTERNAL_URL,
          "sourcePrefix",
          SOURCE_PREFIX,
          "proxySources",
          "true");

  /// Packs the functions and the builder, and has the stack's program make the template.
  public static Artifacts make(Path repository, Path folder)
      throws IOException, InterruptedException {
    Path own = Files.createDirectories(folder);
    run(repository.resolve("functions/package"), own.resolve("package.log"));
    run(repository.resolve("builder-container/package"), own.resolve("package.log"));
    return new Artifacts(repository, Synthesis.template(repository, own, CONTEXT));
  }

  /// The same with other settings.
  ///
  /// @param folder for what the stack's program writes
  /// @param settings as whoever deploys would give them with `-c`
  public Artifacts with(Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    Map<String, String> context = new TreeMap<>(CONTEXT);
    context.putAll(settings);
    return new Artifacts(repository, Synthesis.template(repository, folder, context));
  }

  private static void run(Path program, Path log) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(program.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(program + " failed: " + Files.readString(log));
    }
  }
}
