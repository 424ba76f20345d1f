package imageservice.blackbox.deployed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The stack's template, made by the stack's own program in a process of its own.
final class Synthesis {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Synthesis() {}

  /// @param repository the checkout, with the stack's program built
  /// @param folder for what the program writes
  /// @param context what whoever deploys would give with `-c`
  static ObjectNode template(Path repository, Path folder, Map<String, String> context)
      throws IOException, InterruptedException {
    Path log = folder.resolve("synthesis.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            "target/classes:target/lib/*",
            "imageservice.infra.InfraApp");
    builder.environment().put("CDK_OUTDIR", folder.resolve("cdk.out").toString());
    builder.environment().put("CDK_CONTEXT_JSON", JSON.writeValueAsString(context));
    builder.directory(repository.resolve("infra-cdk").toRealPath().toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("no template: " + Files.readString(log));
    }
    return (ObjectNode)
        JSON.readTree(folder.resolve("cdk.out/ImageService.template.json").toFile());
  }
}
