package imageservice.formats.efi;

import imageservice.formats.struct.Guid;
import imageservice.formats.struct.Struct;

/// EFI_SIGNATURE_LIST with one X.509 certificate: UEFI 2.10, 32.4.1.1.
public final class SignatureList {
  static final Guid EFI_CERT_X509 = Guid.parse("a5c059a1-94e4-4aa7-87b5-ab155c2bf072");
  private static final int GUID_SIZE = 16;
  private static final int HEADER_SIZE = GUID_SIZE + 12;

  private final Guid owner;
  private final byte[] certificate;

  /// @param owner who brings the certificate
  /// @param certificate in DER
  public SignatureList(Guid owner, byte[] certificate) {
    this.owner = owner;
    this.certificate = certificate.clone();
  }

  public byte[] toBytes() {
    int signature = GUID_SIZE + certificate.length;
    return Struct.littleEndian(HEADER_SIZE + signature)
        .bytes("SignatureType", EFI_CERT_X509.toDiskBytes())
        .u32("SignatureListSize", HEADER_SIZE + signature)
        .u32("SignatureHeaderSize", 0)
        .u32("SignatureSize", signature)
        .bytes("SignatureOwner", owner.toDiskBytes())
        .bytes("SignatureData", certificate)
        .toBytes();
  }
}
