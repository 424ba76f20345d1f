package imageservice.formats.efi;

import imageservice.formats.MalformedException;
import imageservice.formats.struct.StructReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A file such as `db.auth`, which somebody made: a signed new value of a variable. Which variable,
/// it does not say; its signature does.
public final class VariableFile {
  private static final String FORMAT = "signed variable";
  private static final int TIME_SIZE = 16;
  private static final int LIST_HEADER = 28;
  private static final int OWNER_SIZE = 16;

  private final byte[] time;
  private final byte[] signature;
  private final byte[] value;
  private final List<byte[]> certificates;

  private VariableFile(byte[] time, byte[] signature, byte[] value, List<byte[]> certificates) {
    this.time = time;
    this.signature = signature;
    this.value = value;
    this.certificates = certificates;
  }

  /// @param bytes the whole file
  public static VariableFile read(byte[] bytes) throws MalformedException {
    StructReader in = StructReader.littleEndian(FORMAT, bytes, 0);
    byte[] time = in.bytes("TimeStamp", TIME_SIZE);
    long length = in.u32("dwLength");
    in.require(
        length > VariableUpdate.CERTIFICATE_HEADER && length <= bytes.length - TIME_SIZE,
        "dwLength",
        4,
        "no signature of %d bytes is there".formatted(length));
    in.require(
        in.u16("wRevision") == VariableUpdate.WIN_CERT_REVISION_2_0, "wRevision", 2, "not 0x200");
    in.require(
        in.u16("wCertificateType") == VariableUpdate.WIN_CERT_TYPE_EFI_GUID,
        "wCertificateType",
        2,
        "not 0xef1");
    byte[] type = in.bytes("CertType", 16);
    in.require(
        Arrays.equals(type, VariableUpdate.EFI_CERT_TYPE_PKCS7.toDiskBytes()),
        "CertType",
        16,
        "not EFI_CERT_TYPE_PKCS7_GUID");
    byte[] signature =
        in.bytes("CertData", Math.toIntExact(length - VariableUpdate.CERTIFICATE_HEADER));
    int at = Math.toIntExact(in.position());
    byte[] value = Arrays.copyOfRange(bytes, at, bytes.length);
    return new VariableFile(time, signature, value, certificates(value, at));
  }

  private static List<byte[]> certificates(byte[] value, int origin) throws MalformedException {
    List<byte[]> found = new ArrayList<>();
    for (int at = 0; at < value.length; ) {
      byte[] rest = Arrays.copyOfRange(value, at, value.length);
      at += list(StructReader.littleEndian(FORMAT, rest, (long) origin + at), rest.length, found);
    }
    return found;
  }

  /// Returns the list's size.
  private static int list(StructReader in, int rest, List<byte[]> found) throws MalformedException {
    byte[] type = in.bytes("SignatureType", 16);
    long size = in.u32("SignatureListSize");
    in.require(
        size >= LIST_HEADER && size <= rest,
        "SignatureListSize",
        4,
        "%d bytes, of which %d are there".formatted(size, rest));
    long header = in.u32("SignatureHeaderSize");
    in.require(header <= size - LIST_HEADER, "SignatureHeaderSize", 4, "longer than the list");
    long each = in.u32("SignatureSize");
    long all = size - LIST_HEADER - header;
    in.require(
        each > OWNER_SIZE && all % each == 0,
        "SignatureSize",
        4,
        "%d bytes do not divide %d".formatted(each, all));
    in.bytes("SignatureHeader", Math.toIntExact(header));
    for (long left = all; left > 0; left -= each) {
      in.bytes("SignatureOwner", OWNER_SIZE);
      byte[] content = in.bytes("SignatureData", Math.toIntExact(each - OWNER_SIZE));
      if (Arrays.equals(type, SignatureList.EFI_CERT_X509.toDiskBytes())) {
        found.add(content);
      }
    }
    return Math.toIntExact(size);
  }

  /// PKCS #7 SignedData in DER.
  public byte[] signature() {
    return signature.clone();
  }

  /// What is signed where the file is for this variable.
  public byte[] signed(SecureBootVariable variable) {
    return VariableUpdate.signed(variable, time, value);
  }

  /// The X.509 certificates in its lists, in DER; hashes are left out.
  public List<byte[]> certificates() {
    return certificates.stream().map(byte[]::clone).toList();
  }
}
