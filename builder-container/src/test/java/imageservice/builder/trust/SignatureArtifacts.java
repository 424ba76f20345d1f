package imageservice.builder.trust;

import static imageservice.builder.trust.SigstoreWorld.json;
import static imageservice.builder.trust.SigstoreWorld.map;

import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.Referrer;
import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Signature material in the form in which registries keep it.
///
/// @param text of the manifest
/// @param blobs what it names
/// @param listed whether it is an index
public record SignatureArtifacts(String text, List<byte[]> blobs, boolean listed) {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
  private static final byte[] EMPTY = {'{', '}'};

  /// A manifest with a bundle that refers to the image.
  public static SignatureArtifacts bundle(Digest image, Material material) {
    if (!(material instanceof Material.Bundle bundle)) {
      throw new IllegalArgumentException("no bundle");
    }
    byte[] content = bundle.json().array();
    Map<String, Object> manifest =
        map(
            "schemaVersion",
            2,
            "mediaType",
            MANIFEST,
            "artifactType",
            BUNDLE,
            "config",
            descriptor("application/vnd.oci.empty.v1+json", EMPTY),
            "layers",
            List.of(descriptor(BUNDLE, content)),
            "subject",
            map("mediaType", INDEX, "size", 1, "digest", image.value()));
    return new SignatureArtifacts(json(manifest), List.of(EMPTY, content), false);
  }

  /// A manifest with payloads of simple signing.
  public static SignatureArtifacts payloads(List<Material> materials) {
    List<Object> layers = new ArrayList<>();
    List<byte[]> blobs = new ArrayList<>(List.of(EMPTY));
    for (Material material : materials) {
      if (material instanceof Material.SimpleSigning(Bytes payload, var annotations)) {
        blobs.add(payload.array());
        Map<String, Object> layer =
            descriptor("application/vnd.dev.cosign.simplesigning.v1+json", payload.array());
        layer.put("annotations", annotations);
        layers.add(layer);
      }
    }
    Map<String, Object> manifest =
        map(
            "schemaVersion",
            2,
            "mediaType",
            MANIFEST,
            "config",
            descriptor("application/vnd.oci.image.config.v1+json", EMPTY),
            "layers",
            layers);
    return new SignatureArtifacts(json(manifest), blobs, false);
  }

  /// An index of manifests that refer to an image.
  public static SignatureArtifacts index(List<SignatureArtifacts> artifacts) {
    List<Object> manifests = new ArrayList<>();
    for (SignatureArtifacts artifact : artifacts) {
      Map<String, Object> entry = descriptor(MANIFEST, artifact.manifest());
      entry.put("artifactType", BUNDLE);
      manifests.add(entry);
    }
    Map<String, Object> index = map("schemaVersion", 2, "mediaType", INDEX, "manifests", manifests);
    return new SignatureArtifacts(json(index), List.of(), true);
  }

  public byte[] manifest() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public String mediaType() {
    return listed ? INDEX : MANIFEST;
  }

  public Digest digest() {
    return Digest.of(manifest());
  }

  /// The manifest and all that it names.
  public List<byte[]> contents() {
    List<byte[]> contents = new ArrayList<>(blobs);
    contents.add(manifest());
    return contents;
  }

  public Referrer referrer() {
    return new Referrer(new Descriptor(MANIFEST, digest(), manifest().length), BUNDLE);
  }

  private static Map<String, Object> descriptor(String mediaType, byte[] content) {
    return map(
        "mediaType", mediaType, "size", content.length, "digest", Digest.of(content).value());
  }
}
