package imageservice.builder.oci;

import java.util.Map;

/// What refers to an image, as a list of such things has it (OCI image specification, "Content
/// Descriptors").
///
/// @param descriptor of its manifest
/// @param artifactType what it is; empty where the list does not say
public record Referrer(Descriptor descriptor, String artifactType) {
  /// A layer of a manifest with what is written beside it.
  public record Layer(Descriptor descriptor, Map<String, String> annotations) {
    public Layer {
      annotations = Map.copyOf(annotations);
    }
  }
}
