package imageservice.blackbox.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;

/// What must be another in the stack's template before the emulator can carry it out, and nothing
/// else: where code lies, what runs it, where AWS is, that it is there without TLS, and alarms that
/// the emulator does not know.
///
/// @param endpoint the emulator's address
/// @param bucket has the code of the functions
/// @param requestCode key of the request functions' zip
/// @param builderCode key of a zip with the content of the builder's image
/// @param imageFiles where the image's own files lie on this machine: variable, folder
record EmulatorRules(
    String endpoint,
    String bucket,
    String requestCode,
    String builderCode,
    Map<String, String> imageFiles) {
  /// The emulator runs Java only as a program that a zip brings along.
  static final String RUNTIME = "provided.al2023";

  /// That program runs on this machine's own processor.
  static final String ARCHITECTURE = "x86_64";

  /// The template for the emulator.
  ObjectNode apply(ObjectNode original) {
    ObjectNode template = original.deepCopy();
    // Of the CLI's own bootstrap stack, which the emulator's account does not have.
    template.remove("Parameters");
    template.remove("Rules");
    // The emulator knows alarms over one metric only; the stack's own tests have the others.
    template
        .withObject("/Resources")
        .removeIf(resource ->
            resource.path("Type").asText().equals("AWS::CloudWatch::Alarm")
                && resource.path("Properties").has("Metrics"));
    for (JsonNode resource : template.path("Resources")) {
      if (resource.path("Type").asText().equals("AWS::Lambda::Function")) {
        function((ObjectNode) resource.path("Properties"));
      }
      plainHttp(resource.path("Properties").path("PolicyDocument").path("Statement"));
    }
    return template;
  }

  /// The emulator is reached without TLS, so that nothing may be refused for that.
  private static void plainHttp(JsonNode statements) {
    Iterator<JsonNode> each = statements.iterator();
    while (each.hasNext()) {
      if (each.next().path("Condition").path("Bool").has("aws:SecureTransport")) {
        each.remove();
      }
    }
  }

  private void function(ObjectNode function) {
    ObjectNode environment = function.withObject("/Environment/Variables");
    environment.put("AWS_ENDPOINT_URL", endpoint);
    boolean image = function.path("PackageType").asText().equals("Image");
    if (image) {
      // The emulator has no container engine: the image's content runs as a zip.
      function.put("Handler", function.path("ImageConfig").path("Command").path(0).asText());
      function.remove("ImageConfig");
      function.remove("PackageType");
      imageFiles.forEach(environment::put);
    }
    function.put("Runtime", RUNTIME);
    function.putArray("Architectures").add(ARCHITECTURE);
    function
        .putObject("Code")
        .put("S3Bucket", bucket)
        .put("S3Key", image ? builderCode : requestCode);
  }
}
