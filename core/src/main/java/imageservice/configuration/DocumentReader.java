package imageservice.configuration;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads a parsed document as a configuration, field by field (docs/configuration.md 1.2).
final class DocumentReader {
  private static final BigInteger MAX_META_KEY = BigInteger.valueOf(MetaValue.MAX_KEY);

  private final Problems problems;
  private final TypedNodes typed;

  DocumentReader(Problems problems) {
    this.problems = problems;
    this.typed = new TypedNodes(problems);
  }

  /// The values of the fields that are there.
  private record Fields(Map<String, Node> values) {
    Node get(String name) {
      return values.getOrDefault(name, Node.ABSENT);
    }
  }

  Configuration configuration(Node node) {
    Fields fields =
        fields(node, "schematic.Schematic", List.of("owner", "overlay", "customization"));
    return new Configuration(
        typed.text(fields.get("owner")),
        overlay(fields.get("overlay")),
        customization(fields.get("customization")));
  }

  private Overlay overlay(Node node) {
    Fields fields = fields(node, "schematic.Overlay", List.of("image", "name", "options"));
    return new Overlay(
        typed.text(fields.get("image")),
        typed.text(fields.get("name")),
        new OptionsReader(problems, typed).options(fields.get("options")));
  }

  private Customization customization(Node node) {
    Fields fields =
        fields(
            node,
            "schematic.Customization",
            List.of(
                "embeddedMachineConfiguration",
                "extraKernelArgs",
                "meta",
                "systemExtensions",
                "bootloader",
                "secureboot",
                "diskImage"));
    return new Customization(
        typed.text(fields.get("embeddedMachineConfiguration")),
        typed.list(fields.get("extraKernelArgs"), "[]string", typed::text),
        typed.list(fields.get("meta"), "[]schematic.MetaValue", this::meta),
        extensions(fields.get("systemExtensions")),
        typed.bootloader(fields.get("bootloader")),
        secureBoot(fields.get("secureboot")),
        diskImage(fields.get("diskImage")));
  }

  private MetaValue meta(Node node) {
    Fields fields = fields(node, "schematic.MetaValue", List.of("key", "value"));
    return new MetaValue(
        typed.number(fields.get("key"), MAX_META_KEY, "uint8").intValueExact(),
        typed.text(fields.get("value")));
  }

  private List<String> extensions(Node node) {
    Fields fields = fields(node, "schematic.SystemExtensions", List.of("officialExtensions"));
    return typed.list(fields.get("officialExtensions"), "[]string", typed::text);
  }

  private SecureBootOptions secureBoot(Node node) {
    Fields fields =
        fields(
            node,
            "schematic.SecureBootCustomization",
            List.of("enrollKeys", "includeWellKnownCertificates"));
    return new SecureBootOptions(
        typed.text(fields.get("enrollKeys")),
        typed.bool(fields.get("includeWellKnownCertificates")));
  }

  private DiskImageOptions diskImage(Node node) {
    Fields fields = fields(node, "schematic.DiskImageCustomization", List.of("sectorSize"));
    return new DiskImageOptions(
        typed.number(fields.get("sectorSize"), OptionValue.Whole.MAX, "uint").longValue());
  }

  private Fields fields(Node node, String type, List<String> known) {
    Map<String, Node> values = new HashMap<>();
    if (node instanceof Node.Mapping mapping) {
      for (Node.Entry entry : new Entries(problems).of(mapping)) {
        addField(entry, type, known, values);
      }
    } else if (!typed.isNull(node)) {
      problems.wrongType(node, typed.tag(node), type);
    }
    return new Fields(values);
  }

  private void addField(
      Node.Entry entry, String type, List<String> known, Map<String, Node> values) {
    if (!(entry.key() instanceof Node.Scalar key)) {
      problems.wrongType(entry.key(), typed.tag(entry.key()), "string");
    } else if (known.contains(key.text())) {
      values.put(key.text(), entry.value());
    } else {
      problems.unknownField(key, type);
    }
  }
}
