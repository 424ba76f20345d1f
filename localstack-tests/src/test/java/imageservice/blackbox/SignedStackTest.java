package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A stack with a key that signs.
@Tag("deployed")
@ExtendWith(ServiceUnderTest.Shared.class)
final class SignedStackTest {
  @TempDir private Path folder = Path.of("");

  private final DeployedShape shape;

  SignedStackTest(Shape shape) {
    this.shape = (DeployedShape) shape;
  }

  @Test
  void cosignAcceptsAColdImageByItsTag() throws Exception {
    Command.require("cosign");
    Cosign cosign = new Cosign(folder);
    KeyPair pair = Cosign.pair("RSA");
    Map<String, String> settings =
        Map.of(
            "signingKey",
            "arn:aws:kms:us-east-1:000000000000:key/k",
            "signingPublicKey",
            Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    try (DeployedService service =
            shape.start(
                Files.createTempDirectory("image-service-signed"),
                settings,
                cosign.privateKey("key", pair));
        Client client = service.client()) {
      String id = client.configure("customization: {extraKernelArgs: [signed]}");
      String image = "metal-installer/" + id + ":v1.13.2";
      Cosign.assertAccepted(cosign.verify(client, image, cosign.publishedKey(client)));
      Cosign.assertRefused(cosign.verify(client, image, cosign.otherKey("RSA")));
      assertThat(client.get("/oci/cosign/other").status()).isEqualTo(404);
    }
  }
}
