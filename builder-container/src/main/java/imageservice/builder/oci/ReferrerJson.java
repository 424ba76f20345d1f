package imageservice.builder.oci;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what belongs to images: lists of what refers to them, and manifests whose layers have
/// annotations (OCI image specification, image index and image manifest).
public final class ReferrerJson {
  private static final int MOST = 1_000;

  private ReferrerJson() {}

  /// @param subject what failures are reported for
  public static List<Referrer> referrers(String subject, byte[] index)
      throws SourceException.Malformed {
    try {
      List<Referrer> referrers = new ArrayList<>();
      for (JsonFields entry : few(JsonFields.foreign(index), "manifests")) {
        referrers.add(
            new Referrer(
                ManifestJson.descriptor(entry), entry.optionalLine("artifactType").orElse("")));
      }
      return referrers;
    } catch (MalformedJsonException e) {
      throw new SourceException.Malformed(subject, e);
    }
  }

  /// @param subject what failures are reported for
  public static List<Referrer.Layer> layers(String subject, byte[] manifest)
      throws SourceException.Malformed {
    try {
      List<Referrer.Layer> layers = new ArrayList<>();
      for (JsonFields layer : few(JsonFields.foreign(manifest), "layers")) {
        layers.add(
            new Referrer.Layer(
                ManifestJson.descriptor(layer), texts(layer.optionalObject("annotations"))));
      }
      return layers;
    } catch (MalformedJsonException e) {
      throw new SourceException.Malformed(subject, e);
    }
  }

  /// Whether a manifest refers to this image.
  static boolean refersTo(byte[] manifest, Digest image) {
    try {
      Optional<JsonFields> subject = JsonFields.foreign(manifest).optionalObject("subject");
      return subject.isPresent() && ManifestJson.descriptor(subject.get()).digest().equals(image);
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  private static Map<String, String> texts(Optional<JsonFields> object)
      throws MalformedJsonException {
    Map<String, String> texts = new HashMap<>();
    if (object.isPresent()) {
      for (String name : object.get().names()) {
        texts.put(name, object.get().text(name));
      }
    }
    return texts;
  }

  private static List<JsonFields> few(JsonFields document, String name)
      throws MalformedJsonException {
    List<JsonFields> objects = document.optionalObjects(name);
    if (objects.size() > MOST) {
      throw new MalformedJsonException(objects.size() + " " + name + ", at most " + MOST);
    }
    return objects;
  }
}
