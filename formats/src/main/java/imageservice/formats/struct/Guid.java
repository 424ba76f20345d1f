package imageservice.formats.struct;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A GUID: RFC 4122 as text, and on disk with its first three fields in little-endian order (UEFI
/// 2.10, appendix A).
///
/// @param high the first 16 digits of the text
/// @param low the last 16 digits of the text
public record Guid(long high, long low) {
  private static final Pattern TEXT =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  public static final Guid EFI_SYSTEM = parse("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");
  public static final Guid BIOS_BOOT = parse("21686148-6449-6e6f-744e-656564454649");
  public static final Guid LINUX_FILESYSTEM = parse("0fc63daf-8483-4772-8e79-3d69d8477de4");
  public static final Guid BASIC_DATA = parse("ebd0a0a2-b9e5-4433-87c0-68b6b72699c7");

  public static Guid parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("not a GUID: \"" + text + "\"");
    }
    String digits = text.replace("-", "");
    return new Guid(
        HexFormat.fromHexDigitsToLong(digits, 0, 16),
        HexFormat.fromHexDigitsToLong(digits, 16, 32));
  }

  /// The GUID that always belongs to a label: the first half of the SHA-256 of 16 zero bytes and
  /// the label in ASCII, marked as version 8 of RFC 9562.
  public static Guid ofLabel(String label) {
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(label)) {
      throw new IllegalArgumentException("not ASCII: \"" + label + "\"");
    }
    return hashed(new byte[16], label.getBytes(StandardCharsets.US_ASCII), 8);
  }

  /// The GUID that always belongs to a name: the first half of the SHA-256 of the namespace, as its
  /// text has it, and the name, marked as version 4 of RFC 4122.
  public static Guid ofName(Guid namespace, byte[] name) {
    byte[] space =
        Struct.bigEndian(16).u64("high", namespace.high()).u64("low", namespace.low()).toBytes();
    return hashed(space, name, 4);
  }

  private static Guid hashed(byte[] namespace, byte[] name, int version) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(namespace);
      byte[] digest = sha256.digest(name);
      HexFormat hex = HexFormat.of();
      long high = HexFormat.fromHexDigitsToLong(hex.formatHex(digest, 0, 8));
      long low = HexFormat.fromHexDigitsToLong(hex.formatHex(digest, 8, 16));
      return new Guid(
          (high & ~0xF000L) | (long) version << 12,
          (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// As it lies on a disk.
  public byte[] toDiskBytes() {
    byte[] first =
        Struct.littleEndian(8)
            .u32("TimeLow", high >>> 32)
            .u16("TimeMid", (int) (high >>> 16) & 0xFFFF)
            .u16("TimeHighAndVersion", (int) high & 0xFFFF)
            .toBytes();
    byte[] rest = Struct.bigEndian(8).u64("ClockSeqAndNode", low).toBytes();
    byte[] all = Arrays.copyOf(first, 16);
    System.arraycopy(rest, 0, all, 8, 8);
    return all;
  }

  /// In lower case, as RFC 4122 writes it.
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    String digits = hex.toHexDigits(high) + hex.toHexDigits(low);
    return String.join(
        "-",
        digits.substring(0, 8),
        digits.substring(8, 12),
        digits.substring(12, 16),
        digits.substring(16, 20),
        digits.substring(20));
  }
}
