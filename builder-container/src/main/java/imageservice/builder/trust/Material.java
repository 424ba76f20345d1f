package imageservice.builder.trust;

import java.util.Map;

/// Signature material of an image as a source has it; nothing in it is trusted.
public sealed interface Material {
  /// A sigstore bundle, as JSON.
  record Bundle(Bytes json) implements Material {}

  /// A payload of simple signing with the annotations beside it.
  record SimpleSigning(Bytes payload, Map<String, String> annotations) implements Material {
    public SimpleSigning {
      annotations = Map.copyOf(annotations);
    }
  }
}
