package imageservice.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Template;

/// The standard stack, made once for all tests: that takes seconds.
///
/// @param json the template
/// @param annotations what the checks find, with the reasons taken into account
record Synthesis(JsonNode json, Template template, Annotations annotations) {
  private static final class Once {
    private static final Synthesis STANDARD = of(Map.of());
  }

  private static final class OnceEverything {
    private static final Synthesis EVERYTHING = of(EverySetting.VALUES);
  }

  /// Where there is no Node, which makes stacks, tests fail under `-Djudges.required=true` and are
  /// skipped loudly otherwise.
  static Synthesis standard() {
    requireNode();
    return Once.STANDARD;
  }

  /// The stack with every setting given.
  static Synthesis everything() {
    requireNode();
    return OnceEverything.EVERYTHING;
  }

  /// The stack with these settings given.
  static Synthesis of(Map<String, String> given) {
    requireNode();
    return synthesize(settings(given, BuilderCode.JARS));
  }

  /// The stack with such a builder.
  static Synthesis of(BuilderCode builder) {
    requireNode();
    return synthesize(settings(Map.of(), builder));
  }

  static Settings settings(Map<String, String> given) {
    return settings(given, BuilderCode.JARS);
  }

  private static Settings settings(Map<String, String> given, BuilderCode builder) {
    return Settings.of(
        name -> Optional.ofNullable(given.get(name)),
        new Packaged(FunctionsCode.PLACEHOLDER, builder));
  }

  /// Resources of a type.
  Stream<JsonNode> resources(String type) {
    return json.get("Resources").valueStream().filter(r -> r.get("Type").asText().equals(type));
  }

  /// The properties of the one resource of a type that has this text in its logical id.
  JsonNode properties(String type, String id) {
    return one(type, id).getValue().get("Properties");
  }

  Map.Entry<String, JsonNode> one(String type, String id) {
    var found =
        json.get("Resources")
            .propertyStream()
            .filter(r -> r.getValue().get("Type").asText().equals(type))
            .filter(r -> r.getKey().contains(id))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " resources of " + type + " named " + id);
    }
    return found.getFirst();
  }

  private static Synthesis synthesize(Settings settings) {
    App app = new App();
    ImageServiceStack stack = new ImageServiceStack(app, "ImageService", settings);
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().build());
    Template template = Template.fromStack(stack);
    return new Synthesis(
        new ObjectMapper().valueToTree(template.toJSON()), template, Annotations.fromStack(stack));
  }

  static void requireNode() {
    String path = System.getenv().getOrDefault("PATH", "");
    boolean found =
        Arrays.stream(path.split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    if (found) {
      return;
    }
    String message = "node is not on the PATH, and stacks are made by it: install Node 22 or later";
    if (Boolean.getBoolean("judges.required")) {
      throw new AssertionError(message);
    }
    System.err.println("SKIPPED: " + message);
    Assumptions.abort(message);
  }
}
