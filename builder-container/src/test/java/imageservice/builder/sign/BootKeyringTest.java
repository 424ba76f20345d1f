package imageservice.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.plan.EnrolmentFiles;
import imageservice.plan.SecureBoot;
import imageservice.plan.SigningCertificate;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BootKeyringTest {
  private static final BootKeyring RING = BootTestKeys.RING;
  private static final EnrolmentFiles<byte[]> FILES =
      new EnrolmentFiles<>("a", "b", "c").map(text -> text.getBytes(StandardCharsets.UTF_8));

  private final SecureBoot planned = planned(RING);

  private static SecureBoot planned(BootKeyring ring) {
    try {
      return new SecureBoot(ring.certificate().id(), ring.pcr().key().id(), ring.keys().given());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void signsForAPlanWithItsKeys() throws IOException {
    RING.require(planned);
    BootKeyring given = given(Optional.of(FILES));
    given.require(planned(given));
    assertThat(given.keys().given()).contains(FILES.map(Digest::of));
  }

  @Test
  void refusesACertificateOfAnotherKey() {
    BootKeyring turned =
        new BootKeyring(
            RING.certificate(), /* boot= */ RING.pcr(), /* pcr= */ RING.boot(), Optional.empty());
    assertThatThrownBy(turned::requireOwnCertificate)
        .isInstanceOf(SigningException.class)
        .hasMessage(
            "the certificate is of key %s, and the key that is to sign is %s: give the two that were made together",
            RING.certificate().key().id(), pcrId());
  }

  @Test
  void refusesPlansOfOtherKeys() {
    SigningCertificate other = SigningCertificate.parse(BootTestKeys.RECORDED);
    assertThatThrownBy(
            () -> RING.require(new SecureBoot(other.id(), planned.pcrKey(), Optional.empty())))
        .isInstanceOf(SigningException.class)
        .hasMessage(
            "the builder's certificate for secure boot is %s, and the asset is to be signed by %s: give the builder and the functions the two halves of one key",
            RING.certificate().id(), other.id());
    assertThatThrownBy(
            () -> RING.require(new SecureBoot(planned.certificate(), other.id(), Optional.empty())))
        .hasMessageStartingWith("the builder's PCR key for secure boot is " + pcrId());
  }

  @Test
  void refusesPlansOfOtherEnrolmentFiles() {
    String message =
        "the builder has other enrolment files (PK.auth, KEK.auth, db.auth) than the asset is to"
            + " have: give the builder and the functions the same ones, or neither any";
    BootKeyring given = given(Optional.of(FILES));
    assertThatThrownBy(() -> given.require(planned)).hasMessage(message);
    assertThatThrownBy(() -> RING.require(planned(given))).hasMessage(message);
  }

  @Test
  void aBuilderWithoutKeysSaysSo() {
    assertThat(BootKeyring.noKeys(planned))
        .hasMessage(
            "the builder has no keys for secure boot, and the asset is to be signed by %s: give it the keys",
            RING.certificate().id());
  }

  private static Digest pcrId() {
    return planned(RING).pcrKey();
  }

  private static BootKeyring given(Optional<EnrolmentFiles<byte[]>> files) {
    return new BootKeyring(RING.certificate(), RING.boot(), RING.pcr(), files);
  }
}
