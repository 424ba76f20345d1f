package imageservice.builder.trust;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Changes any byte of what is verified: either it is refused, or it says what it said before.
/// Nothing but a refusal comes out of what is damaged.
final class SignatureMutationTest {
  private static final long SEED = 20_260_115;
  private static final int TRIES = 1_000;

  private final SigstoreWorld world = new SigstoreWorld();
  private final Digest image = Digest.of(new byte[] {7});
  private final Random random = new Random(SEED);
  private final SignatureCheck check =
      new SignatureCheck(
          Policy.keyless(SigstoreWorld.ISSUER + ",@example\\.org$"),
          TrustedRoot.parse(world.trustedRoot()));
  private final Outcome before =
      new Outcome.Trusted("releases@example.org by https://issuer.example");

  private void decidesAsBefore(Material material, Digest about) {
    assertSame(check.check(about, material));
  }

  private void assertSame(Outcome outcome) {
    if (outcome instanceof Outcome.Trusted) {
      assertThat(outcome).isEqualTo(before);
    }
  }

  @Test
  void aChangedBundleIsRefusedOrSaysTheSame() {
    for (Material.Bundle bundle :
        List.of(
            new SignatureForge(world, image).bundle(),
            new SignatureForge(world, image).stampedBundle())) {
      assertThat(check.check(image, bundle)).isEqualTo(before);
      byte[] json = bundle.json().array();
      int refused = 0;
      for (int i = 0; i < TRIES; i++) {
        Material changed = new Material.Bundle(Bytes.of(mutated(json)));
        Outcome outcome = check.check(image, changed);
        refused += outcome instanceof Outcome.Untrusted ? 1 : 0;
        assertSame(outcome);
        assertThat(check.check(Digest.of(new byte[] {8}), changed))
            .isInstanceOf(Outcome.Untrusted.class);
      }
      assertThat(refused).as("seed %d", SEED).isGreaterThan(TRIES * 3 / 4);
    }
  }

  @Test
  void aChangedAnnotationOrPayloadIsRefusedOrSaysTheSame() {
    Material.SimpleSigning simple = new SignatureForge(world, image).simple();
    assertThat(check.check(image, simple)).isEqualTo(before);
    for (int i = 0; i < TRIES; i++) {
      Map<String, String> annotations = new HashMap<>(simple.annotations());
      String name = List.copyOf(annotations.keySet()).get(random.nextInt(annotations.size()));
      byte[] value = Objects.requireNonNull(annotations.get(name)).getBytes(StandardCharsets.UTF_8);
      annotations.put(name, new String(mutated(value), StandardCharsets.UTF_8));
      decidesAsBefore(new Material.SimpleSigning(simple.payload(), annotations), image);
      Bytes payload = Bytes.of(mutated(simple.payload().array()));
      assertThat(
              payload.equals(simple.payload())
                  ? new Outcome.Untrusted("the same")
                  : check.check(image, new Material.SimpleSigning(payload, simple.annotations())))
          .isInstanceOf(Outcome.Untrusted.class);
    }
  }

  /// The certificate, within its base64.
  @Test
  void aChangedCertificateIsRefused() {
    String json = text(new SignatureForge(world, image).with(f -> {}).bundle());
    String certificate =
        json.replaceFirst("(?s).*\"certificate\":\\{\"rawBytes\":\"([^\"]*)\".*", "$1");
    byte[] der = Base64.getDecoder().decode(certificate);
    for (int i = 0; i < der.length; i++) {
      byte[] changed = der.clone();
      changed[i] ^= (byte) (1 << random.nextInt(8));
      String text = json.replace(certificate, Base64.getEncoder().encodeToString(changed));
      assertThat(check.check(image, new Material.Bundle(Bytes.ofUtf8(text))))
          .isInstanceOf(Outcome.Untrusted.class);
    }
  }

  /// The timestamp, within its base64: what is not signed of it may change.
  @Test
  void aChangedTimestampIsRefusedOrSaysTheSame() {
    String json = text(new SignatureForge(world, image).stampedBundle());
    String stamp = json.replaceFirst("(?s).*\"signedTimestamp\":\"([^\"]*)\".*", "$1");
    byte[] der = Base64.getDecoder().decode(stamp);
    for (int i = 0; i < der.length; i++) {
      byte[] changed = der.clone();
      changed[i] ^= (byte) (1 << random.nextInt(8));
      String text = json.replace(stamp, Base64.getEncoder().encodeToString(changed));
      decidesAsBefore(new Material.Bundle(Bytes.ofUtf8(text)), image);
    }
  }

  @Test
  void aChangedRootIsRefusedOrVerifiesTheSame() {
    byte[] root = world.trustedRoot();
    Material bundle = new SignatureForge(world, image).bundle();
    Material replayed = new SignatureForge(world, Digest.of(new byte[] {9})).bundle();
    int read = 0;
    for (int i = 0; i < TRIES; i++) {
      TrustedRoot changed;
      try {
        changed = TrustedRoot.parse(mutated(root));
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("not a trusted root of sigstore's: ");
        continue;
      }
      read++;
      SignatureCheck other =
          new SignatureCheck(Policy.keyless(SigstoreWorld.ISSUER + ",@example\\.org$"), changed);
      assertSame(other.check(image, bundle));
      assertThat(other.check(image, replayed)).isInstanceOf(Outcome.Untrusted.class);
    }
    assertThat(read).as("seed %d", SEED).isPositive();
  }

  private static String text(Material.Bundle bundle) {
    return new String(bundle.json().array(), StandardCharsets.UTF_8);
  }

  /// One byte changed, left out or put in.
  private byte[] mutated(byte[] content) {
    int at = random.nextInt(content.length);
    byte other = (byte) random.nextInt(256);
    return switch (random.nextInt(4)) {
      case 0 -> changed(content, at, (byte) (content[at] ^ (1 << random.nextInt(7))));
      case 1 -> changed(content, at, other);
      case 2 -> spliced(content, at, 1, new byte[0]);
      default -> spliced(content, at, 0, new byte[] {other});
    };
  }

  private static byte[] changed(byte[] content, int at, byte value) {
    byte[] changed = content.clone();
    changed[at] = value;
    return changed;
  }

  private static byte[] spliced(byte[] content, int at, int removed, byte[] added) {
    byte[] result = new byte[content.length - removed + added.length];
    System.arraycopy(content, 0, result, 0, at);
    System.arraycopy(added, 0, result, at, added.length);
    System.arraycopy(
        content, at + removed, result, at + added.length, content.length - at - removed);
    return result;
  }
}
