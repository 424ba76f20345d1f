package imageservice.builder.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SignatureCheckTest {
  private static final SigstoreWorld WORLD = new SigstoreWorld();

  static Stream<SignatureCase> cases() {
    return SignatureCases.of(WORLD).stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decides(SignatureCase signed) {
    List<Outcome> outcomes = outcomes(signed);
    if (signed.isTrusted()) {
      assertThat(outcomes).hasAtLeastOneElementOfType(Outcome.Trusted.class);
    } else {
      assertThat(outcomes)
          .singleElement()
          .isInstanceOfSatisfying(
              Outcome.Untrusted.class,
              untrusted -> assertThat(untrusted.reason()).contains(signed.refusal()));
    }
  }

  private static List<Outcome> outcomes(SignatureCase signed) {
    SignatureCheck check =
        new SignatureCheck(signed.policy(WORLD), TrustedRoot.parse(signed.trustedRoot(WORLD)));
    return signed.materials().stream()
        .map(material -> check.check(signed.digest(), material))
        .toList();
  }

  @Test
  void saysWhoSigned() {
    assertThat(outcomes(SignatureCases.of(WORLD).getFirst()))
        .containsExactly(new Outcome.Trusted("releases@example.org by https://issuer.example"));
  }
}
