package imageservice.builder.extension;

import imageservice.builder.material.UnfitInputException;
import imageservice.builder.yaml.MalformedYamlException;
import imageservice.builder.yaml.YamlDocument;
import imageservice.builder.yaml.YamlDocument.Author;
import imageservice.builder.yaml.YamlValue;
import imageservice.plan.ExtensionManifest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `manifest.yaml` of an extension. Fields that nobody knows are passed over, as newer releases may
/// bring some.
final class ManifestYaml {
  private static final String VERSION = "v1alpha1";

  /// The key of YAML 1.1 whose mapping Talos would take for a part of this one.
  private static final String MERGE = "<<";

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
    Map<String, YamlValue> root = mapping(load(text), "manifest.yaml");
    String version = text(root, "version");
    if (!version.equals(VERSION)) {
      throw unfit("version \"%s\" is not %s".formatted(version, VERSION));
    }
    Map<String, YamlValue> metadata = mapping(root.get("metadata"), "metadata");
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

  private String talosVersions(Map<String, YamlValue> metadata) throws UnfitInputException {
    if (isMissing(metadata.get("compatibility"))) {
      return "";
    }
    Map<String, YamlValue> compatibility =
        mapping(metadata.get("compatibility"), "metadata.compatibility");
    return isMissing(compatibility.get("talos"))
        ? ""
        : text(mapping(compatibility.get("talos"), "metadata.compatibility.talos"), "version");
  }

  private @Nullable YamlValue load(String text) throws UnfitInputException {
    try {
      return YamlDocument.read(text, ExtensionRoot.MANIFEST_LIMIT, Author.PERSON).orElse(null);
    } catch (MalformedYamlException e) {
      throw unfit(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, YamlValue> mapping(@Nullable YamlValue value, String field)
      throws UnfitInputException {
    if (!(value instanceof YamlValue.Mapping mapping)) {
      throw unfit(field + " is not a mapping");
    }
    Map<String, YamlValue> fields = new HashMap<>();
    for (YamlValue.Field each : mapping.fields()) {
      if (each.key().equals(MERGE)) {
        throw unfit(field + " merges another mapping, which is not followed");
      }
      if (fields.put(each.key(), each.value()) != null) {
        throw unfit("%s has \"%s\" twice".formatted(field, each.key()));
      }
    }
    return fields;
  }

  /// A missing text is empty, as it is for Talos.
  private String text(Map<String, YamlValue> mapping, String field) throws UnfitInputException {
    YamlValue value = mapping.get(field);
    if (isMissing(value)) {
      return "";
    }
    if (value instanceof YamlValue.Scalar scalar) {
      return scalar.text();
    }
    throw unfit(field + " is not a text");
  }

  private static boolean isMissing(@Nullable YamlValue value) {
    return value == null || value instanceof YamlValue.Null;
  }

  private UnfitInputException unfit(String problem) {
    return Unfit.extension(extension, "manifest.yaml: " + problem);
  }
}
