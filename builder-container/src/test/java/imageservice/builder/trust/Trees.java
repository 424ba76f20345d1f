package imageservice.builder.trust;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// Parts of JSON documents that tests change.
final class Trees {
  private Trees() {}

  static Consumer<Map<String, Object>> ended(String name) {
    return root -> {
      for (Object part : list(root, name)) {
        @SuppressWarnings("unchecked")
        Map<String, Object> fields = (Map<String, Object>) part;
        Map<String, Object> holder =
            fields.containsKey("publicKey") ? at(fields, "publicKey") : fields;
        at(holder, "validFor").put("end", "2025-12-31T00:00:00Z");
      }
    };
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> at(Map<String, Object> json, String name) {
    return (Map<String, Object>) Objects.requireNonNull(json.get(name));
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(Map<String, Object> json, String name) {
    return (List<Object>) Objects.requireNonNull(json.get(name));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> first(Map<String, Object> json, String name) {
    return (Map<String, Object>) list(json, name).getFirst();
  }

  static String text(Map<String, Object> json, String name) {
    return (String) Objects.requireNonNull(json.get(name));
  }

  static Map<String, Object> verification(Map<String, Object> bundle) {
    return at(bundle, "verificationMaterial");
  }

  static Map<String, Object> proof(Map<String, Object> entry) {
    return at(entry, "inclusionProof");
  }
}
