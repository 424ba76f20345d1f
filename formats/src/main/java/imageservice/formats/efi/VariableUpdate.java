package imageservice.formats.efi;

import imageservice.formats.struct.Guid;
import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// A new value of a variable, which the firmware takes once it is signed: UEFI 2.10, 8.2.2.
///
/// @param epochSeconds the time of the update; a variable that is set takes later ones only
public record VariableUpdate(
    SecureBootVariable variable, long epochSeconds, List<SignatureList> lists) {
  static final Guid EFI_CERT_TYPE_PKCS7 = Guid.parse("4aafd29d-68df-49ee-8aa9-347d375665a7");

  private static final int TIME_SIZE = 16;

  /// WIN_CERTIFICATE_UEFI_GUID without its data.
  static final int CERTIFICATE_HEADER = 24;

  static final int WIN_CERT_REVISION_2_0 = 0x0200;
  static final int WIN_CERT_TYPE_EFI_GUID = 0x0EF1;

  /// Non-volatile, for boot services and at run time, written by who is authenticated with a time.
  private static final int ATTRIBUTES = 0x27;

  public VariableUpdate {
    lists = List.copyOf(lists);
  }

  /// What is signed.
  public byte[] signed() {
    return signed(variable, time(), value());
  }

  /// @param time as it lies in a file
  static byte[] signed(SecureBootVariable variable, byte[] time, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(variable.toString().getBytes(StandardCharsets.UTF_16LE));
    out.writeBytes(variable.vendor().toDiskBytes());
    out.writeBytes(Struct.littleEndian(4).u32("Attributes", ATTRIBUTES).toBytes());
    out.writeBytes(time);
    out.writeBytes(value);
    return out.toByteArray();
  }

  /// The file, as programs that set variables take it.
  ///
  /// @param signature PKCS #7 SignedData in DER, without a ContentInfo around it
  public byte[] file(byte[] signature) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(time());
    out.writeBytes(
        Struct.littleEndian(CERTIFICATE_HEADER)
            .u32("dwLength", CERTIFICATE_HEADER + signature.length)
            .u16("wRevision", WIN_CERT_REVISION_2_0)
            .u16("wCertificateType", WIN_CERT_TYPE_EFI_GUID)
            .bytes("CertType", EFI_CERT_TYPE_PKCS7.toDiskBytes())
            .toBytes());
    out.writeBytes(signature);
    out.writeBytes(value());
    return out.toByteArray();
  }

  private byte[] value() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    lists.forEach(list -> out.writeBytes(list.toBytes()));
    return out.toByteArray();
  }

  /// EFI_TIME: UEFI 2.10, 8.3.
  private byte[] time() {
    LocalDateTime time = LocalDateTime.ofEpochSecond(epochSeconds, 0, ZoneOffset.UTC);
    return Struct.littleEndian(TIME_SIZE)
        .u16("Year", time.getYear())
        .u8("Month", time.getMonthValue())
        .u8("Day", time.getDayOfMonth())
        .u8("Hour", time.getHour())
        .u8("Minute", time.getMinute())
        .u8("Second", time.getSecond())
        .zeros("Pad1 to Pad2", 9)
        .toBytes();
  }
}
