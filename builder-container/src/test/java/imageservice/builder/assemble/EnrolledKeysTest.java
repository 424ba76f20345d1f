package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.sign.BootKeyring;
import imageservice.builder.sign.BootTestKeys;
import imageservice.plan.Enrolment;
import imageservice.plan.EnrolmentFiles;
import imageservice.plan.SigningCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against what the reference's ISOs hold; keys and signatures are others of the same lengths.
final class EnrolledKeysTest {
  private static final Enrolment OWN = new Enrolment(Enrolment.Mode.IF_SAFE, false);
  private static final Enrolment WELL_KNOWN = new Enrolment(Enrolment.Mode.IF_SAFE, true);

  /// The recorded certificate, with the key of another of the same length.
  private final BootKeyring recorded =
      new BootKeyring(
          SigningCertificate.parse(BootTestKeys.RECORDED),
          BootTestKeys.RING.boot(),
          BootTestKeys.RING.pcr(),
          Optional.empty());

  @ParameterizedTest
  @CsvSource({"empty", "sb-wellknown"})
  void listsEqualTheReferences(String configuration) throws Exception {
    Golden golden = Golden.of("v1.13.2/" + configuration + "/iso-metal-amd64-secureboot.iso.txt");
    EnrolmentFiles<byte[]> files =
        EnrolledKeys.of(configuration.equals("empty") ? OWN : WELL_KNOWN, recorded).updates();
    List<String> facts =
        Stream.of(facts("PK", files.pk()), facts("KEK", files.kek()), facts("db", files.db()))
            .flatMap(List::stream)
            .toList();
    assertThat(facts)
        .hasSize(configuration.equals("empty") ? 6 : 11)
        .containsExactlyElementsOf(
            Stream.of("PK", "KEK", "db").flatMap(name -> recorded(golden, name)).toList());
  }

  private static Stream<String> recorded(Golden golden, String name) {
    String heading = "loader/keys/auto/" + name + ".auth: ";
    return Stream.concat(
        golden.startingWith(heading).stream(),
        golden.lines().stream()
            .dropWhile(line -> !line.startsWith(heading))
            .skip(1)
            .takeWhile(line -> line.startsWith("    "))
            .filter(line -> line.startsWith("    list ")));
  }

  /// In the words of the golden files.
  private static List<String> facts(String name, byte[] file) throws GeneralSecurityException {
    int signature = number(file, 16);
    List<String> facts = new java.util.ArrayList<>();
    facts.add(
        "loader/keys/auto/%s.auth: %d bytes; EFI_TIME bytes after seconds all zero: %s; WIN_CERTIFICATE length=%d revision=0x%x type=0x%x guid=4aafd29d-68df-49ee-8aa9-347d375665a7"
            .formatted(
                name,
                file.length,
                HexFormat.of().formatHex(file, 7, 16).equals("00".repeat(9)) ? "True" : "False",
                signature,
                file[20] | file[21] << 8,
                (file[22] & 0xFF) | file[23] << 8));
    for (int at = 16 + signature; at < file.length; at += number(file, at + 16)) {
      int size = number(file, at + 24);
      byte[] certificate = Arrays.copyOfRange(file, at + 44, at + 28 + size);
      facts.add(
          "    list type=a5c059a1-94e4-4aa7-87b5-ab155c2bf072 list_size=%d header=%d signature_size=%d owner=%s certificate=%d bytes sha1=%s"
              .formatted(
                  number(file, at + 16),
                  number(file, at + 20),
                  size,
                  guid(file, at + 28),
                  certificate.length,
                  HexFormat.of()
                      .formatHex(MessageDigest.getInstance("SHA-1").digest(certificate))));
    }
    return facts;
  }

  private static int number(byte[] bytes, int at) {
    return java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(at);
  }

  private static String guid(byte[] bytes, int at) {
    String hex = HexFormat.of().formatHex(bytes, at + 8, at + 16);
    java.nio.ByteBuffer fields =
        java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    return "%08x-%04x-%04x-%s-%s"
        .formatted(
            fields.getInt(at),
            fields.getShort(at + 4),
            fields.getShort(at + 6),
            hex.substring(0, 4),
            hex.substring(4));
  }

  @Test
  void updatesAreTheSameEachTime() throws IOException {
    EnrolmentFiles<byte[]> first = EnrolledKeys.of(WELL_KNOWN, recorded).updates();
    EnrolmentFiles<byte[]> second = EnrolledKeys.of(WELL_KNOWN, recorded).updates();
    assertThat(second.pk()).isEqualTo(first.pk());
    assertThat(second.db()).isEqualTo(first.db()).isNotEqualTo(first.kek());
  }

  @Test
  void filesOfTheOperatorAreTakenAsTheyAre() throws IOException {
    EnrolmentFiles<byte[]> files =
        new EnrolmentFiles<>("a", "b", "c").map(text -> text.getBytes(StandardCharsets.UTF_8));
    BootKeyring given =
        new BootKeyring(
            recorded.certificate(), recorded.boot(), recorded.pcr(), Optional.of(files));
    assertThat(EnrolledKeys.of(OWN, given).updates()).isEqualTo(files);
  }
}
