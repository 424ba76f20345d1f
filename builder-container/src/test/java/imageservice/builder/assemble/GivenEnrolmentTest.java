package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.sign.BootKeyring;
import imageservice.builder.sign.BootTestKeys;
import imageservice.formats.efi.SecureBootVariable;
import imageservice.formats.efi.SignatureList;
import imageservice.formats.efi.VariableUpdate;
import imageservice.formats.struct.Guid;
import imageservice.plan.EnrolmentFiles;
import imageservice.plan.SigningCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class GivenEnrolmentTest {
  private static final BootKeyring RING = BootTestKeys.RING;
  private static final SigningCertificate OTHER = SigningCertificate.parse(BootTestKeys.RECORDED);
  private static final String TODO =
      ": make the three again (cert-to-efi-sig-list, sign-efi-sig-list), or remove PK.auth,"
          + " KEK.auth and db.auth, and they are made";

  private final byte[] pk = signed(SecureBootVariable.PK, RING.certificate());
  private final byte[] kek = signed(SecureBootVariable.KEK, RING.certificate());
  private final byte[] db = signed(SecureBootVariable.DB, OTHER, RING.certificate());

  private static byte[] signed(SecureBootVariable variable, SigningCertificate... certificates) {
    List<SignatureList> lists =
        Stream.of(certificates).map(each -> new SignatureList(new Guid(1, 2), each.der())).toList();
    VariableUpdate update = new VariableUpdate(variable, 1_700_000_000, lists);
    try {
      return update.file(RING.signUpdate(update.signed()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void require(byte[] pk, byte[] kek, byte[] db) {
    GivenEnrolment.require(new EnrolmentFiles<>(pk, kek, db), RING.certificate());
  }

  @Test
  void takesWhatFirmwareTakes() {
    require(pk, kek, db);
  }

  @Test
  void filesInOneAnothersPlaceAreNamed() {
    assertThatThrownBy(() -> require(kek, pk, db))
        .hasMessage("PK.auth: it is the update of KEK, not of PK" + TODO);
    assertThatThrownBy(() -> require(pk, db, kek))
        .hasMessage("KEK.auth: it is the update of db, not of KEK" + TODO);
    assertThatThrownBy(() -> require(pk, kek, pk))
        .hasMessage("db.auth: it is the update of PK, not of db" + TODO);
  }

  @Test
  void dbMustHaveTheCertificateThatSigns() {
    assertThatThrownBy(() -> require(pk, kek, signed(SecureBootVariable.DB, OTHER)))
        .hasMessage(
            "db.auth: the certificate %s, by which assets are signed, is not in it, so that no machine would start them%s",
            RING.certificate().id(), TODO);
  }

  @Test
  void thePlatformsKeyMustHaveSignedItself() {
    assertThatThrownBy(() -> require(signed(SecureBootVariable.PK, OTHER), kek, db))
        .hasMessage(
            "PK.auth: not signed by the key that it brings, and firmware takes no other" + TODO);
  }

  @Test
  void anEmptyVariableIsRefused() {
    assertThatThrownBy(() -> require(pk, signed(SecureBootVariable.KEK), db))
        .hasMessage("KEK.auth: no certificate is in it" + TODO);
  }

  @Test
  void whatIsNoUpdateIsRefused() {
    byte[] text = "a text that is long enough for a header".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> require(pk, text, db))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("KEK.auth: not the signed update of a variable (signed variable: ")
        .hasMessageEndingWith(TODO);
    assertThatThrownBy(() -> require(pk, kek, new byte[0]))
        .hasMessageStartingWith("db.auth: not the signed update of a variable (");
  }

  @Test
  void aFlippedBitOfTheContentIsNoticed() {
    byte[] changed = db.clone();
    changed[changed.length - 9] ^= 1;
    assertThatThrownBy(() -> require(pk, kek, changed))
        .hasMessage("db.auth: its signature is not of this content as the value of db" + TODO);
    byte[] later = db.clone();
    later[6] ^= 1;
    assertThatThrownBy(() -> require(pk, kek, later))
        .hasMessage("db.auth: its signature is not of this content as the value of db" + TODO);
  }

  @Test
  void damagedFilesAreRefusedAndNeverAnythingElse() {
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] bytes = Arrays.copyOf(db, db.length - (random.nextBoolean() ? 0 : random.nextInt(99)));
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        require(pk, kek, bytes);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("db.auth: ").hasMessageEndingWith(TODO);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(400);
  }
}
