package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.sign.SignatureHash;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A secret that is sealed to the PCR key, as a disk's encryption is, in a TPM: it opens where a
/// machine has measured what is signed, and nowhere else.
@Tag("tool")
final class SealedSecretToolTest {
  private static final String SECRET = "the disk's key";

  /// In which the stub measures sections, whatever their order in the file.
  private static final List<String> ORDER =
      List.of(
          ".linux",
          ".osrel",
          ".cmdline",
          ".initrd",
          ".ucode",
          ".splash",
          ".dtb",
          ".uname",
          ".sbat",
          ".pcrpkey",
          ".profile");

  /// The phase in which disks are opened, after those before it.
  private static final List<String> SIGNED =
      List.of("enter-initrd", "leave-initrd", "enter-machined");

  @TempDir Path folder = Path.of("unset");
  private SignedUki.Profile main = new SignedUki.Profile("", Map.of(), "");

  @BeforeEach
  void seal() throws Exception {
    main =
        SignedUki.of(
                Plans.of("v1.13.2", "empty", "metal-amd64-secureboot.iso"),
                folder.resolve("uki.efi"))
            .profiles()
            .getFirst();
    assertThat(ORDER).containsAll(main.sections().keySet());
    Files.write(folder.resolve("pcr.pem"), main.sections().get(".pcrpkey"));
    Files.writeString(folder.resolve("secret"), SECRET);
    try (SoftwareTpm tpm = SoftwareTpm.start(folder)) {
      loadKey(tpm);
      tpm.run("startauthsession", "-S", "trial.ctx").accepted();
      tpm.run("policyauthorize", "-S", "trial.ctx", "-n", "key.name", "-L", "any.policy")
          .accepted();
      tpm.run("flushcontext", "trial.ctx").accepted();
      createPrimary(tpm);
      tpm.run(
              "create",
              "-C",
              "primary.ctx",
              "-a",
              "fixedtpm|fixedparent",
              "-i",
              "secret",
              "-L",
              "any.policy",
              "-u",
              "sealed.pub",
              "-r",
              "sealed.priv")
          .accepted();
    }
  }

  private static void createPrimary(SoftwareTpm tpm) {
    tpm.run("createprimary", "-C", "o", "-c", "primary.ctx").accepted();
  }

  private static void loadKey(SoftwareTpm tpm) {
    tpm.run(
            "loadexternal",
            "-C",
            "o",
            "-G",
            "rsa",
            "-u",
            "pcr.pem",
            "-c",
            "key.ctx",
            "-n",
            "key.name")
        .accepted();
  }

  @Test
  void opensInTheSignedPhase() throws Exception {
    assertThat(unsealed(main.sections(), SIGNED, List.of())).isEqualTo(SECRET);
  }

  @Test
  void staysClosedBeforeAndAfterIt() throws Exception {
    for (int phases = 0; phases < SIGNED.size(); phases++) {
      assertThat(unsealed(main.sections(), SIGNED.subList(0, phases), signatures())).isEmpty();
    }
    List<String> after = new ArrayList<>(SIGNED);
    after.add("start-machined");
    assertThat(unsealed(main.sections(), after, signatures())).isEmpty();
  }

  @Test
  void staysClosedForAnotherCommandLine() throws Exception {
    Map<String, byte[]> other = new HashMap<>(main.sections());
    other.put(
        ".cmdline",
        (new String(other.get(".cmdline"), StandardCharsets.UTF_8) + " init=/bin/sh")
            .getBytes(StandardCharsets.UTF_8));
    assertThat(unsealed(other, SIGNED, signatures())).isEmpty();
  }

  /// Boots a machine that measures these sections and phases; returns what opens, empty where
  /// nothing does.
  ///
  /// @param others signatures to try where none is of what was measured
  private String unsealed(Map<String, byte[]> sections, List<String> phases, List<Signed> others)
      throws Exception {
    try (SoftwareTpm tpm = SoftwareTpm.start(folder)) {
      tpm.extend(measured(sections, phases));
      createPrimary(tpm);
      tpm.run(
              "load",
              "-C",
              "primary.ctx",
              "-u",
              "sealed.pub",
              "-r",
              "sealed.priv",
              "-c",
              "sealed.ctx")
          .accepted();
      loadKey(tpm);
      assertThat(tpm.run("unseal", "-c", "sealed.ctx").status()).as("without a policy").isNotZero();
      List<Signed> tried = new ArrayList<>(others);
      if (others.isEmpty()) {
        tried.add(signedNow(tpm));
      }
      for (Signed signed : tried) {
        String opened = unseal(tpm, signed);
        if (!opened.isEmpty()) {
          return opened;
        }
      }
      return "";
    }
  }

  private static List<byte[]> measured(Map<String, byte[]> sections, List<String> phases) {
    List<byte[]> digests = new ArrayList<>();
    for (String name : ORDER) {
      byte[] content = sections.get(name);
      if (content != null) {
        digests.add(SignatureHash.SHA256.of((name + "\0").getBytes(StandardCharsets.UTF_8)));
        digests.add(SignatureHash.SHA256.of(content));
      }
    }
    for (String phase : phases) {
      digests.add(SignatureHash.SHA256.of(phase.getBytes(StandardCharsets.UTF_8)));
    }
    return digests;
  }

  /// One entry of `.pcrsig`.
  ///
  /// @param policy in hex
  /// @param signature in base64
  private record Signed(String policy, String signature) {}

  private List<Signed> signatures() throws MalformedJsonException {
    List<Signed> all = new ArrayList<>();
    for (JsonFields each : JsonFields.parse(main.signatures()).objects("sha256")) {
      all.add(new Signed(each.text("pol"), each.text("sig")));
    }
    return all;
  }

  /// The signature of the policy that the TPM computes of its PCR 11.
  private Signed signedNow(SoftwareTpm tpm) throws IOException, MalformedJsonException {
    tpm.run("startauthsession", "-S", "trial.ctx").accepted();
    tpm.run("policypcr", "-S", "trial.ctx", "-l", "sha256:11", "-L", "now.policy").accepted();
    tpm.run("flushcontext", "trial.ctx").accepted();
    String now = HexFormat.of().formatHex(Files.readAllBytes(folder.resolve("now.policy")));
    return signatures().stream()
        .filter(each -> each.policy().equals(now))
        .findFirst()
        .orElseThrow();
  }

  private String unseal(SoftwareTpm tpm, Signed signed) throws IOException {
    Files.write(folder.resolve("policy"), HexFormat.of().parseHex(signed.policy()));
    Files.write(folder.resolve("signature"), Base64.getDecoder().decode(signed.signature()));
    tpm.run("startauthsession", "--policy-session", "-S", "session.ctx").accepted();
    tpm.run("policypcr", "-S", "session.ctx", "-l", "sha256:11").accepted();
    tpm.run(
            "verifysignature",
            "-c",
            "key.ctx",
            "-g",
            "sha256",
            "-f",
            "rsassa",
            "-m",
            "policy",
            "-s",
            "signature",
            "-t",
            "ticket")
        .accepted();
    tpm.run(
        "policyauthorize", "-S", "session.ctx", "-i", "policy", "-n", "key.name", "-t", "ticket");
    String opened = tpm.run("unseal", "-p", "session:session.ctx", "-c", "sealed.ctx").output();
    tpm.run("flushcontext", "session.ctx").accepted();
    return opened;
  }
}
