package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.sign.BootTestKeys;
import imageservice.formats.blob.Blob;
import imageservice.formats.pe.PeImage;
import imageservice.formats.pe.SectionHeader;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.formats.testing.Stubs;
import imageservice.plan.BuildPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What programs of the field say of what firmware and a TPM verify.
@Tag("tool")
final class SecureBootToolTest {
  private static final int LARGEST = 64 << 20;
  private static final Pattern SIGNATURE =
      Pattern.compile("\"(sha\\d+)\":\\[\\{[^}]*\"pol\":\"(\\w+)\",\"sig\":\"([^\"]+)\"");

  @TempDir Path folder = Path.of("unset");

  @BeforeEach
  void writeTheCertificate() throws IOException {
    Files.writeString(folder.resolve("cert.pem"), BootTestKeys.CERTIFICATE);
  }

  @ParameterizedTest
  @CsvSource({
    "v1.5.5, metal-amd64-secureboot-uki.efi",
    "v1.13.2, metal-amd64-secureboot-uki.efi",
    "v1.13.2, metal-arm64-secureboot-uki.efi"
  })
  void verifiersAcceptTheUki(String version, String asset) throws IOException {
    byte[] uki = uki(version, asset).bytes(LARGEST);
    accepted(uki);
    refused(uki, 3000);
    refused(uki, uki.length - 3000);
  }

  /// systemd-boot, which may have a signature of others already; osslsigncode reads one alone.
  @Test
  void verifiersAcceptASignatureBesideOthers() throws IOException {
    Blob stub = Stubs.small(Stubs.AMD64);
    Medium.write(stub, folder.resolve("stub.efi"));
    Judge openssl = Judge.named("openssl");
    openssl
        .runIn(
            folder,
            "req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -subj /CN=other"
                .split(" ", -1))
        .accepted();
    Judge.named("sbsign")
        .runIn(
            folder, "--key other.key --cert other.pem --output other.efi stub.efi".split(" ", -1))
        .accepted();
    byte[] other = Files.readAllBytes(folder.resolve("other.efi"));
    byte[] both = signing().sign(Blob.of(other)).bytes(LARGEST);
    assertThat(both.length).isGreaterThan(other.length);
    Files.write(folder.resolve("image.efi"), both);
    for (String certificate : List.of("cert.pem", "other.pem")) {
      Judge.named("sbverify").runIn(folder, "--cert", certificate, "image.efi").accepted();
    }
  }

  private void accepted(byte[] image) throws IOException {
    Files.write(folder.resolve("image.efi"), image);
    Judge.named("sbverify").runIn(folder, "--cert", "cert.pem", "image.efi").accepted();
    Judge.Verdict verdict =
        Judge.named("osslsigncode")
            .runIn(folder, "verify", "-CAfile", "cert.pem", "-in", "image.efi");
    assertThat(verdict.output()).contains("Signature verification: ok");
  }

  private void refused(byte[] image, int at) throws IOException {
    byte[] tampered = image.clone();
    tampered[at] ^= 1;
    Files.write(folder.resolve("tampered.efi"), tampered);
    assertThat(Judge.named("sbverify").runIn(folder, "--cert", "cert.pem", "tampered.efi").status())
        .isNotZero();
    assertThat(
            Judge.named("osslsigncode")
                .runIn(folder, "verify", "-CAfile", "cert.pem", "-in", "tampered.efi")
                .status())
        .isNotZero();
  }

  private static BootSigning signing() throws IOException {
    BuildPlan plan = Plans.of("v1.13.2", "empty", "metal-amd64-secureboot-uki.efi");
    return BootSigning.of(plan.uki().orElseThrow(), Plans.TOOLS);
  }

  /// Each profile's own policies, by the key that the image tells.
  @Test
  void opensslVerifiesThePolicies() throws IOException {
    BuildPlan plan = Plans.of("v1.13.2", "empty", "metal-amd64-secureboot.iso");
    Blob uki =
        UkiAssembler.assemble(plan.uki().orElseThrow(), Plans.material(plan), Plans.TOOLS).asset();
    Files.write(folder.resolve("key.pem"), contents(uki, ".pcrpkey").getFirst());
    List<String> policies = new ArrayList<>();
    for (byte[] json : contents(uki, ".pcrsig")) {
      Matcher signature = SIGNATURE.matcher(new String(json, StandardCharsets.UTF_8));
      while (signature.find()) {
        verify(signature.group(1), signature.group(2), signature.group(3));
        policies.add(signature.group(2));
      }
    }
    assertThat(policies).hasSize(2 * 3).doesNotHaveDuplicates();
  }

  private void verify(String hash, String policy, String signature) throws IOException {
    Files.write(folder.resolve("policy"), HexFormat.of().parseHex(policy));
    Files.write(folder.resolve("signature"), Base64.getDecoder().decode(signature));
    Judge.named("openssl")
        .runIn(
            folder,
            ("dgst -" + hash + " -verify key.pem -signature signature policy").split(" ", -1))
        .accepted();
  }

  private static List<byte[]> contents(Blob uki, String name) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (SectionHeader section : PeImage.read(uki).sections()) {
      if (section.name().equals(name)) {
        contents.add(
            Blob.slice(uki, section.pointerToRawData(), section.virtualSize()).bytes(LARGEST));
      }
    }
    return contents;
  }

  private static Blob uki(String version, String asset) throws IOException {
    BuildPlan plan = Plans.of(version, "empty", asset);
    return UkiAssembler.assemble(plan.uki().orElseThrow(), Plans.material(plan), Plans.TOOLS)
        .asset();
  }
}
