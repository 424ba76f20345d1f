package imageservice.formats.iso9660;

import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// System use entries of SUSP 1.12 and RRIP 1.12.
final class RockRidge {
  private static final int NM_HEADER = 5;
  private static final int MAX_ENTRY = 255;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;

  private final byte[] tf;

  RockRidge(long epochSeconds) {
    this.tf = tf(IsoDate.recorded(epochSeconds));
  }

  /// The root's own record announces SUSP and Rock Ridge: SUSP 5.3 and 5.5.
  SystemUse root(int mode, int links, int serial) {
    return new SystemUse(joined(sp(), px(DIRECTORY | mode, links, serial), tf), er());
  }

  /// The records "." and "..".
  SystemUse self(int mode, int links, int serial) {
    return new SystemUse(joined(px(DIRECTORY | mode, links, serial), tf), new byte[0]);
  }

  SystemUse directory(byte[] name, int mode, int links, int serial, int room) {
    return named(joined(px(DIRECTORY | mode, links, serial), tf), name, room);
  }

  SystemUse file(byte[] name, int mode, int serial, int room) {
    return named(joined(px(REGULAR | mode, 1, serial), tf), name, room);
  }

  /// SUSP 5.1.
  static byte[] ce(LogicalBlock block, int offset, int length) {
    return entry("CE", SystemUse.CE_SIZE)
        .bytes("Block location of continuation area", BothEndian.u32(block.number()))
        .bytes("Offset to start of continuation area", BothEndian.u32(offset))
        .bytes("Length of the continuation area", BothEndian.u32(length))
        .toBytes();
  }

  /// Puts as much of the name into the record as it has room for, the rest into the continuation.
  private static SystemUse named(byte[] attributes, byte[] name, int room) {
    int free = room - attributes.length - NM_HEADER;
    if (name.length <= free) {
      return new SystemUse(joined(attributes, nm(name, false)), new byte[0]);
    }
    int here = free - SystemUse.CE_SIZE;
    byte[] first = nm(Arrays.copyOf(name, here), true);
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    for (int at = here; at < name.length; at += MAX_ENTRY - NM_HEADER) {
      int end = Math.min(name.length, at + MAX_ENTRY - NM_HEADER);
      rest.writeBytes(nm(Arrays.copyOfRange(name, at, end), end < name.length));
    }
    return new SystemUse(joined(attributes, first), rest.toByteArray());
  }

  /// SUSP 5.3.
  private static byte[] sp() {
    return entry("SP", 7)
        .u8("Check byte 1", 0xBE)
        .u8("Check byte 2", 0xEF)
        .u8("LEN_SKP", 0)
        .toBytes();
  }

  /// SUSP 5.5, with the texts of RRIP 1.12, 4.3.
  private static byte[] er() {
    String identifier = "IEEE_P1282";
    String descriptor = "THE IEEE P1282 PROTOCOL PROVIDES SUPPORT FOR POSIX FILE SYSTEM SEMANTICS";
    String source =
        "PLEASE CONTACT THE IEEE STANDARDS DEPARTMENT, PISCATAWAY, NJ, USA FOR THE P1282"
            + " SPECIFICATION";
    return entry("ER", 8 + identifier.length() + descriptor.length() + source.length())
        .u8("LEN_ID", identifier.length())
        .u8("LEN_DES", descriptor.length())
        .u8("LEN_SRC", source.length())
        .u8("EXT_VER", 1)
        .ascii("Extension identifier", identifier)
        .ascii("Extension descriptor", descriptor)
        .ascii("Extension source", source)
        .toBytes();
  }

  /// RRIP 4.1.1; owner and group are root.
  private static byte[] px(int mode, int links, int serial) {
    return entry("PX", 44)
        .bytes("File mode", BothEndian.u32(mode))
        .bytes("File links", BothEndian.u32(links))
        .bytes("User ID", BothEndian.u32(0))
        .bytes("Group ID", BothEndian.u32(0))
        .bytes("File serial number", BothEndian.u32(serial))
        .toBytes();
  }

  /// RRIP 4.1.4.
  private static byte[] nm(byte[] part, boolean continues) {
    return entry("NM", NM_HEADER + part.length)
        .u8("Flags", continues ? 1 : 0)
        .bytes("Name content", part)
        .toBytes();
  }

  /// RRIP 4.1.6: modification, last access and attribute change, in the short form.
  private static byte[] tf(byte[] date) {
    return entry("TF", 5 + 3 * date.length)
        .u8("Flags", 0b1110)
        .bytes("Modification", date)
        .bytes("Access", date)
        .bytes("Attributes", date)
        .toBytes();
  }

  private static Struct entry(String signature, int length) {
    return Struct.littleEndian(length)
        .ascii("Signature word", signature)
        .u8("Length", length)
        .u8("System use entry version", 1);
  }

  private static byte[] joined(byte[]... entries) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      all.writeBytes(entry);
    }
    return all.toByteArray();
  }
}
