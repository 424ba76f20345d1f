package imageservice.blackbox.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What the rules change in a template, path by path, and that they leave everything else.
final class EmulatorRulesTest {
  private static final String TEMPLATE =
      """
      {
        "Parameters": {"BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>"}},
        "Rules": {"CheckBootstrapVersion": {}},
        "Resources": {
          "Request": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
              "Architectures": ["arm64"],
              "Code": {"S3Bucket": {"Fn::Sub": "assets"}, "S3Key": "x.zip"},
              "Environment": {"Variables": {"EXTERNAL_URL": "https://x/"}},
              "Handler": "H",
              "MemorySize": 1024,
              "Runtime": "java25",
              "Timeout": 29
            }
          },
          "Builder": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
              "Architectures": ["arm64"],
              "Code": {"ImageUri": "registry.example/builder"},
              "Environment": {"Variables": {"GRUB_KIT": "/opt/grub-kit"}},
              "ImageConfig": {"Command": ["B"]},
              "PackageType": "Image",
              "Timeout": 300
            }
          },
          "Policy": {
            "Type": "AWS::S3::BucketPolicy",
            "Properties": {
              "PolicyDocument": {
                "Statement": [
                  {"Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
                  {"Effect": "Deny", "Condition": {"Bool": {"aws:Other": "false"}}}
                ]
              }
            }
          },
          "Sum": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"Metrics": []}},
          "One": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"MetricName": "m"}},
          "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {"BillingMode": "PAY_PER_REQUEST"}}
        },
        "Outputs": {"Url": {"Value": "https://x/"}}
      }
      """;
  private static final EmulatorRules RULES =
      new EmulatorRules(
          "http://127.0.0.1:1", "code", "request.zip", "builder.zip", Map.of("GRUB_KIT", "/kit"));

  @Test
  void changesThisAndNothingElse() throws Exception {
    ObjectNode original = (ObjectNode) new ObjectMapper().readTree(TEMPLATE);
    ObjectNode before = original.deepCopy();
    Set<String> changes = new TreeSet<>();
    compare("", original, RULES.apply(original), changes);
    assertThat(original).isEqualTo(before);
    assertThat(changes)
        .containsExactlyInAnyOrder(
            "- /Parameters",
            "- /Rules",
            "- /Resources/Sum",
            "= /Resources/Request/Properties/Architectures/0 x86_64",
            "+ /Resources/Request/Properties/Environment/Variables/AWS_ENDPOINT_URL http://127.0.0.1:1",
            "= /Resources/Request/Properties/Code/S3Bucket code",
            "= /Resources/Request/Properties/Code/S3Key request.zip",
            "= /Resources/Request/Properties/Runtime provided.al2023",
            "= /Resources/Builder/Properties/Architectures/0 x86_64",
            "+ /Resources/Builder/Properties/Environment/Variables/AWS_ENDPOINT_URL http://127.0.0.1:1",
            "= /Resources/Builder/Properties/Environment/Variables/GRUB_KIT /kit",
            "- /Resources/Builder/Properties/Code/ImageUri",
            "+ /Resources/Builder/Properties/Code/S3Bucket code",
            "+ /Resources/Builder/Properties/Code/S3Key builder.zip",
            "- /Resources/Builder/Properties/ImageConfig",
            "- /Resources/Builder/Properties/PackageType",
            "+ /Resources/Builder/Properties/Handler B",
            "+ /Resources/Builder/Properties/Runtime provided.al2023",
            "- /Resources/Policy/Properties/PolicyDocument/Statement/0/Condition/Bool/aws:SecureTransport",
            "+ /Resources/Policy/Properties/PolicyDocument/Statement/0/Condition/Bool/aws:Other false",
            "- /Resources/Policy/Properties/PolicyDocument/Statement/1");
  }

  /// Differences of two trees: `-` gone, `+` new, `=` another value.
  private static void compare(String path, JsonNode a, JsonNode b, Set<String> changes) {
    if (a.isObject() && b.isObject()) {
      Set<String> names = new TreeSet<>();
      a.fieldNames().forEachRemaining(names::add);
      b.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> compare(path + "/" + name, a.path(name), b.path(name), changes));
    } else if (a.isArray() && b.isArray()) {
      for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
        compare(path + "/" + i, a.path(i), b.path(i), changes);
      }
    } else if (b.isMissingNode()) {
      changes.add("- " + path);
    } else if (a.isMissingNode()) {
      changes.add("+ " + path + " " + b.asText());
    } else if (!a.equals(b)) {
      changes.add("= " + path + " " + b.asText());
    }
  }
}
