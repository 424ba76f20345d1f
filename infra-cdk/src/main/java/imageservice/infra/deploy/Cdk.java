package imageservice.infra.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageservice.infra.ImageServiceStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// CDK's command line, always the same version.
record Cdk(Programs programs, Path folder) {
  static final String PACKAGE = "aws-cdk@2.1148.1";

  private static final ObjectMapper JSON = new ObjectMapper();

  /// Deploys the stack; returns its outputs.
  ///
  /// @param approval when changes of permissions are asked about
  Map<String, String> deploy(Map<String, String> settings, String approval)
      throws DeployException, InterruptedException {
    try {
      Path outputs = Files.createTempFile("image-service-outputs", ".json");
      outputs.toFile().deleteOnExit(); // also where this program is interrupted
      int status =
          run(
              settings,
              List.of("deploy", "--require-approval", approval, "--outputs-file", "" + outputs));
      if (status != 0) {
        throw new DeployException(
            "the stack was not deployed, see above; run ./deploy again when that is mended"
                + " (MemorySize must be at most 3008? new accounts have no more: add -c"
                + " builderMemory=3008)");
      }
      return outputs(outputs);
    } catch (IOException e) {
      throw DeployException.of("the stack's outputs were not read", e, "run ./deploy again");
    }
  }

  void destroy(Map<String, String> settings) throws DeployException, InterruptedException {
    if (run(settings, List.of("destroy", "--force")) != 0) {
      throw new DeployException(
          "the stack is still there, see above; run the same command again when that is mended");
    }
  }

  private int run(Map<String, String> settings, List<String> arguments)
      throws DeployException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("npx", "--yes", PACKAGE));
    command.addAll(arguments);
    new TreeMap<>(settings)
        .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    command.add(ImageServiceStack.NAME);
    return programs.run(folder, command);
  }

  private static Map<String, String> outputs(Path file) throws IOException {
    JsonNode stack = JSON.readTree(Files.readString(file)).path(ImageServiceStack.NAME);
    Map<String, String> outputs = new TreeMap<>();
    stack.properties().forEach(each -> outputs.put(each.getKey(), each.getValue().asText()));
    return outputs;
  }
}
