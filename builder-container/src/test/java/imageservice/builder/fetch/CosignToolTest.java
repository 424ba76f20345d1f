package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.AttachmentTag;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.RegistryAccess;
import imageservice.builder.oci.RegistryPrefix;
import imageservice.builder.oci.RegistrySource;
import imageservice.builder.oci.Retries;
import imageservice.builder.oci.TestAccess;
import imageservice.builder.trust.Material;
import imageservice.builder.trust.SignatureArtifacts;
import imageservice.builder.trust.SignatureCase;
import imageservice.builder.trust.SignatureCases;
import imageservice.builder.trust.SigstoreWorld;
import imageservice.formats.testing.Judge;
import imageservice.release.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cosign and the service decide alike about each signature, but where a case says why not.
@Tag("tool")
final class CosignToolTest {
  private static final SigstoreWorld WORLD = new SigstoreWorld();

  @TempDir private Path folder = Path.of("unset");
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void cosignDecidesAlikeAboutEachSignature() throws Exception {
    Judge cosign = Judge.named("cosign");
    List<String> unlike = new ArrayList<>();
    try (DockerRegistry registry = DockerRegistry.start(folder)) {
      for (SignatureCase signed : SignatureCases.of(WORLD)) {
        push(registry, signed);
        boolean ours = isAdmitted(registry, signed);
        Judge.Verdict theirs = verify(cosign, registry, signed);
        if (ours != signed.isTrusted() || (theirs.status() == 0) != signed.isTrustedByCosign()) {
          unlike.add(
              "%s: admitted by us %s, by cosign %s (%s)"
                  .formatted(signed, ours, theirs.status() == 0, theirs.errors().lines().toList()));
        }
      }
    }
    assertThat(unlike).isEmpty();
  }

  private Judge.Verdict verify(Judge cosign, DockerRegistry registry, SignatureCase signed)
      throws IOException {
    Path root = Files.write(folder.resolve("root.json"), signed.trustedRoot(WORLD));
    Path key = Files.writeString(folder.resolve("key.pub"), WORLD.ownKeyPem());
    List<String> arguments = new ArrayList<>(List.of("verify"));
    if (signed.byKey()) {
      arguments.addAll(List.of("--key", key.toString(), "--insecure-ignore-tlog=true"));
    } else {
      arguments.addAll(
          List.of(
              "--trusted-root",
              root.toString(),
              "--certificate-oidc-issuer",
              "https://issuer.example",
              "--certificate-identity-regexp",
              "@example\\.org$"));
    }
    arguments.add(registry.authority() + "/imager@" + signed.digest());
    return cosign.run(folder, Map.of("HOME", folder.toString()), arguments);
  }

  private static boolean isAdmitted(DockerRegistry registry, SignatureCase signed)
      throws IOException {
    RegistrySource source =
        new RegistrySource(
            RegistryAccess.anonymous(RegistryPrefix.parse("http://" + registry.authority())),
            RegistrySource.client(),
            new Retries(3, Thread::sleep, () -> 0.5),
            TestAccess.PATIENT,
            () -> Instant.EPOCH);
    Verifier verifier =
        new SignedImages(source, signed.policy(WORLD), TrustedRoots.of(signed.trustedRoot(WORLD)));
    return verifier.verify(OciImage.of("imager", signed.digest())) instanceof Verdict.Admitted;
  }

  private void push(DockerRegistry registry, SignatureCase signed)
      throws IOException, InterruptedException {
    Digest image = signed.digest();
    manifest(registry, image.value(), SignatureArtifacts.INDEX, signed.image());
    List<Material> materials = signed.materials();
    if (materials.getFirst() instanceof Material.SimpleSigning) {
      push(
          registry,
          new AttachmentTag(image, AttachmentTag.Kind.SIGNATURE).toString(),
          SignatureArtifacts.payloads(materials));
      return;
    }
    List<SignatureArtifacts> bundles =
        materials.stream().map(bundle -> SignatureArtifacts.bundle(image, bundle)).toList();
    for (SignatureArtifacts bundle : bundles) {
      push(registry, bundle.digest().value(), bundle);
    }
    push(
        registry,
        new AttachmentTag(image, AttachmentTag.Kind.REFERRERS).toString(),
        SignatureArtifacts.index(bundles));
  }

  private void push(DockerRegistry registry, String reference, SignatureArtifacts artifacts)
      throws IOException, InterruptedException {
    for (byte[] blob : artifacts.blobs()) {
      URI start = URI.create("http://%s/v2/imager/blobs/uploads/".formatted(registry.authority()));
      HttpRequest begin =
          HttpRequest.newBuilder(start).POST(HttpRequest.BodyPublishers.noBody()).build();
      String location =
          client
              .send(begin, HttpResponse.BodyHandlers.discarding())
              .headers()
              .firstValue("Location")
              .orElseThrow();
      String separator = location.contains("?") ? "&" : "?";
      put(
          start.resolve(location + separator + "digest=" + Digest.of(blob)),
          "application/octet-stream",
          blob);
    }
    manifest(registry, reference, artifacts.mediaType(), artifacts.manifest());
  }

  private void manifest(DockerRegistry registry, String reference, String type, byte[] content)
      throws IOException, InterruptedException {
    put(
        URI.create("http://%s/v2/imager/manifests/%s".formatted(registry.authority(), reference)),
        type,
        content);
  }

  private void put(URI uri, String type, byte[] content) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", type)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }
}
