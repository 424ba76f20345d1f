package imageservice.builder.assemble;

import imageservice.builder.sign.RsaKeys;
import imageservice.builder.sign.SignatureHash;
import imageservice.builder.sign.Signer;
import imageservice.formats.tpm.Pcr;
import imageservice.formats.tpm.PcrBank;
import imageservice.formats.tpm.StubMeasurement;
import imageservice.json.JsonText;
import imageservice.release.Digest;
import java.io.IOException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// The section `.pcrsig`: for each bank the policy that holds once machined runs, signed, so that a
/// TPM opens what is sealed to the key (systemd-measure(1)).
final class PcrSignatures {
  private final Signer signer;

  PcrSignatures(Signer signer) {
    this.signer = signer;
  }

  /// The public key as the section `.pcrpkey` has it.
  String publicKey() throws IOException {
    return signer.key().pem();
  }

  /// @param measured in all banks
  String json(StubMeasurement measured) throws IOException {
    String fingerprint = fingerprint();
    JsonText json = JsonText.object();
    for (PcrBank bank : PcrBank.values()) {
      Pcr machined = measured.phases(bank, UkiMeasurements.PHASES).getLast();
      byte[] policy = machined.policy(StubMeasurement.REGISTER);
      json.put(
          bank.label(), List.of(signature(fingerprint, policy, signer.sign(hash(bank), policy))));
    }
    return json.toString();
  }

  private static JsonText signature(String fingerprint, byte[] policy, byte[] signature) {
    return JsonText.object()
        .put("pcrs", List.of(StubMeasurement.REGISTER))
        .put("pkfp", fingerprint)
        .put("pol", HexFormat.of().formatHex(policy))
        .put("sig", Base64.getEncoder().encodeToString(signature));
  }

  private static SignatureHash hash(PcrBank bank) {
    return switch (bank) {
      case SHA256 -> SignatureHash.SHA256;
      case SHA384 -> SignatureHash.SHA384;
      case SHA512 -> SignatureHash.SHA512;
    };
  }

  /// SHA-256 of the key as PKCS #1 has it.
  private String fingerprint() throws IOException {
    RSAPublicKey key = (RSAPublicKey) signer.key().key();
    return Digest.of(RsaKeys.pkcs1(key)).hex();
  }
}
