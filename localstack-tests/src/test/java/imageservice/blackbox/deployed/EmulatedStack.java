package imageservice.blackbox.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The stack within an emulator, by the calls of CloudFormation.
final class EmulatedStack {
  private static final Pattern ID =
      Pattern.compile("<PhysicalResourceId>([^<]*)</PhysicalResourceId>");

  private final Emulator emulator;
  private final String name;
  private String resources = "";

  EmulatedStack(Emulator emulator, String name) {
    this.emulator = emulator;
    this.name = name;
  }

  void create(String template) throws IOException, InterruptedException {
    carryOut("Create", template);
  }

  void update(String template) throws IOException, InterruptedException {
    carryOut("Update", template);
  }

  private void carryOut(String action, String template) throws IOException, InterruptedException {
    emulator.query(
        "cloudformation",
        action + "Stack",
        Map.of(
            "StackName", name,
            "TemplateBody", template,
            "Capabilities.member.1", "CAPABILITY_IAM"));
    String status = action.toUpperCase(Locale.ROOT);
    String stack = describe("DescribeStacks");
    while (stack.contains("<StackStatus>" + status + "_IN_PROGRESS<")) {
      Thread.sleep(50);
      stack = describe("DescribeStacks");
    }
    if (!stack.contains("<StackStatus>" + status + "_COMPLETE<")) {
      throw new IOException("the stack is not as it should be: " + stack + emulator.log());
    }
    resources = describe("DescribeStackResources");
    if (resources.contains("<PhysicalResourceId>unknown<")) {
      throw new IOException("the emulator made something up: " + resources);
    }
  }

  private String describe(String action) throws IOException, InterruptedException {
    return emulator.query("cloudformation", action, Map.of("StackName", name));
  }

  /// The physical id of the resource of a type whose name in the template begins so.
  String id(String type, String name) throws IOException {
    for (String resource : resources.split("</member>", -1)) {
      if (resource.contains("<ResourceType>" + type + "<")
          && value("LogicalResourceId", resource).startsWith(name)) {
        return value("PhysicalResourceId", resource);
      }
    }
    throw new IOException("no " + type + " " + name + ": " + resources);
  }

  /// The name of the resource that a value of the template refers to.
  String referred(JsonNode value) {
    String name = value.path("Ref").asText(value.at("/Fn::GetAtt/0").asText());
    String id = physical(name);
    return id.substring(id.lastIndexOf('/') + 1); // a queue's is its address
  }

  private String physical(String name) {
    String told = "<LogicalResourceId>" + name + "</LogicalResourceId>";
    for (String resource : resources.split("</member>", -1)) {
      Matcher id = ID.matcher(resource);
      if (resource.contains(told) && id.find()) {
        return id.group(1);
      }
    }
    throw new IllegalArgumentException("no " + name + ": " + resources);
  }

  /// The text of an answer's first element of a name.
  static String value(String element, String answer) throws IOException {
    Matcher value = Pattern.compile("<" + element + ">([^<]*)</" + element + ">").matcher(answer);
    if (!value.find()) {
      throw new IOException("no " + element + ": " + answer);
    }
    return value.group(1);
  }
}
