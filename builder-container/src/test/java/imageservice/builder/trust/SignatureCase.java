package imageservice.builder.trust;

import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// Signature material of one image, and what is to become of it.
///
/// @param refusal what the refusal says; empty where the image is admitted
/// @param difference why cosign decides otherwise; empty where it decides alike
/// @param byKey whether the policy is a key's, else an identity's
/// @param root what is different in the trusted root
/// @param makes the material, all of one form
public record SignatureCase(
    String name,
    String refusal,
    String difference,
    boolean byKey,
    Consumer<Map<String, Object>> root,
    Function<Digest, List<Material>> makes) {
  /// The image's manifest, another one for each case.
  public byte[] image() {
    return "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[],\"annotations\":{\"of\":\"%s\"}}"
        .formatted(name)
        .getBytes(StandardCharsets.UTF_8);
  }

  public Digest digest() {
    return Digest.of(image());
  }

  public List<Material> materials() {
    return makes.apply(digest());
  }

  public boolean isTrusted() {
    return refusal.isEmpty();
  }

  public boolean isTrustedByCosign() {
    return isTrusted() == difference.isEmpty();
  }

  public byte[] trustedRoot(SigstoreWorld world) {
    return world.trustedRoot(root);
  }

  public Policy policy(SigstoreWorld world) {
    return byKey
        ? Policy.byKey(world.ownKeyPem())
        : Policy.keyless(SigstoreWorld.ISSUER + ",@example\\.org$");
  }

  SignatureCase unlikeCosign(String why) {
    return new SignatureCase(name, refusal, why, byKey, root, makes);
  }

  SignatureCase inRoot(Consumer<Map<String, Object>> change) {
    return new SignatureCase(name, refusal, difference, byKey, change, makes);
  }

  @Override
  public String toString() {
    return name;
  }
}
