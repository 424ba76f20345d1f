package imageservice.builder.assemble;

import imageservice.builder.cache.Derived;
import imageservice.builder.sign.SignatureHash;
import imageservice.builder.sign.Signer;
import imageservice.formats.blob.Blob;
import imageservice.plan.SigningKey;
import java.io.IOException;
import java.util.HexFormat;

/// Asks a signer once for each signature: KMS has a price for each.
///
/// @param derived keeps signatures
public record KeptSignatures(Signer signer, Derived derived) implements Signer {
  /// Bytes of the signature by an RSA key of 4096 bits, with room to spare.
  private static final int LARGEST = 1 << 10;

  @Override
  public SigningKey key() throws IOException {
    return signer.key();
  }

  @Override
  public byte[] sign(SignatureHash hash, byte[] bytes) throws IOException {
    String name =
        "signature/1 %s %s %s"
            .formatted(signer.key().id(), hash, HexFormat.of().formatHex(hash.of(bytes)));
    return derived.of(name, workspace -> Blob.of(signer.sign(hash, bytes))).bytes(LARGEST);
  }
}
