package imageservice.builder.extension;

import imageservice.builder.material.UnfitInputException;
import imageservice.plan.ExtensionManifest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// `manifest.yaml` of an extension. Fields that nobody knows are passed over, as newer releases may
/// bring some.
final class ManifestYaml {
  private static final String VERSION = "v1alpha1";

  private static final int DEEPEST = 20;

  /// No manifest needs an alias, and none is this long.
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setMaxAliasesForCollections(0)
          .setCodePointLimit(ExtensionRoot.MANIFEST_LIMIT)
          .setSchema(new CoreSchema())
          .build();

  /// Names of extensions that are made here; a machine takes what they say for the service's word.
  private static final Set<String> RESERVED = Set.of("schematic", "embedded-config", "modules.dep");

  private final String extension;

  private ManifestYaml(String extension) {
    this.extension = extension;
  }

  /// The manifest in this text.
  ///
  /// @param extension its name, for messages
  static ExtensionManifest parse(String extension, String text) throws UnfitInputException {
    return new ManifestYaml(extension).parse(text);
  }

  private ExtensionManifest parse(String text) throws UnfitInputException {
    Map<String, Node> root = mapping(load(text), "manifest.yaml");
    String version = text(root, "version");
    if (!version.equals(VERSION)) {
      throw unfit("version \"%s\" is not %s".formatted(version, VERSION));
    }
    Map<String, Node> metadata = mapping(root.get("metadata"), "metadata");
    ExtensionManifest manifest =
        new ExtensionManifest(
            text(metadata, "name"),
            text(metadata, "version"),
            text(metadata, "author"),
            text(metadata, "description"),
            talosVersions(metadata),
            Optional.of(text(metadata, "extraInfo")).filter(info -> !info.isEmpty()));
    return checked(manifest);
  }

  /// Without a name and a version nobody can tell what a machine runs.
  private ExtensionManifest checked(ExtensionManifest manifest) throws UnfitInputException {
    if (manifest.name().isBlank() || manifest.version().isBlank()) {
      throw unfit(
          "metadata.%s is missing".formatted(manifest.name().isBlank() ? "name" : "version"));
    }
    if (RESERVED.contains(manifest.name())) {
      throw unfit("metadata.name \"%s\" is the service's own".formatted(manifest.name()));
    }
    return manifest;
  }

  private String talosVersions(Map<String, Node> metadata) throws UnfitInputException {
    if (isMissing(metadata.get("compatibility"))) {
      return "";
    }
    Map<String, Node> compatibility =
        mapping(metadata.get("compatibility"), "metadata.compatibility");
    return isMissing(compatibility.get("talos"))
        ? ""
        : text(mapping(compatibility.get("talos"), "metadata.compatibility.talos"), "version");
  }

  private @Nullable Node load(String text) throws UnfitInputException {
    try {
      requireShallow(text);
      return new Compose(SETTINGS).composeString(text).orElse(null);
    } catch (MarkedYamlEngineException e) {
      String line =
          e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("");
      throw unfit(line + e.getProblem());
    } catch (YamlEngineException e) {
      throw unfit(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // the parser's own, on escapes and anchors that its checks let through
      throw unfit("is no YAML");
    }
  }

  /// Nodes are made recursively, so that how deep they are nested is looked at before.
  private void requireShallow(String text) throws UnfitInputException {
    ParserImpl events = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
    int depth = 0;
    while (events.hasNext()) {
      depth +=
          switch (events.next().getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> 0;
          };
      if (depth > DEEPEST) {
        throw unfit("is nested deeper than %d levels".formatted(DEEPEST));
      }
    }
  }

  private Map<String, Node> mapping(@Nullable Node node, String field) throws UnfitInputException {
    if (!(node instanceof MappingNode mapping)) {
      throw unfit(field + " is not a mapping");
    }
    Map<String, Node> fields = new HashMap<>();
    for (NodeTuple each : mapping.getValue()) {
      String key = each.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (fields.put(key, each.getValueNode()) != null) {
        throw unfit("%s has \"%s\" twice".formatted(field, key));
      }
    }
    return fields;
  }

  /// A missing text is empty, as it is for Talos.
  private String text(Map<String, Node> mapping, String field) throws UnfitInputException {
    Node node = mapping.get(field);
    if (isMissing(node)) {
      return "";
    }
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw unfit(field + " is not a text");
  }

  private static boolean isMissing(@Nullable Node node) {
    return node == null || node.getTag().equals(Tag.NULL);
  }

  private UnfitInputException unfit(String problem) {
    return Unfit.extension(extension, "manifest.yaml: " + problem);
  }
}
