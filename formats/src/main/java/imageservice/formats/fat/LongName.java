package imageservice.formats.fat;

import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Long name entries: FAT overview, "FAT Long Directory Entries".
final class LongName {
  private static final int UNITS = 13;
  private static final int LAST = 0x40;
  private static final int ATTRIBUTES = 0x0F;

  private LongName() {}

  static int slots(String name) {
    return Math.ceilDiv(name.length(), UNITS);
  }

  /// The entries, last part first, as they precede the short entry.
  static byte[] toBytes(String name, int checksum) {
    int slots = slots(name);
    byte[] units = new byte[2 * UNITS * slots];
    Arrays.fill(units, (byte) 0xFF);
    byte[] text = name.getBytes(StandardCharsets.UTF_16LE);
    System.arraycopy(text, 0, units, 0, text.length);
    if (text.length < units.length) {
      units[text.length] = 0;
      units[text.length + 1] = 0;
    }
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    for (int i = slots; i > 0; i--) {
      byte[] part = Arrays.copyOfRange(units, 2 * UNITS * (i - 1), 2 * UNITS * i);
      entries.writeBytes(slot(i == slots ? i | LAST : i, part, checksum));
    }
    return entries.toByteArray();
  }

  private static byte[] slot(int order, byte[] part, int checksum) {
    return Struct.littleEndian(DirectoryEntry.SIZE)
        .u8("LDIR_Ord", order)
        .bytes("LDIR_Name1", Arrays.copyOfRange(part, 0, 10))
        .u8("LDIR_Attr", ATTRIBUTES)
        .u8("LDIR_Type", 0)
        .u8("LDIR_Chksum", checksum)
        .bytes("LDIR_Name2", Arrays.copyOfRange(part, 10, 22))
        .u16("LDIR_FstClusLO", 0)
        .bytes("LDIR_Name3", Arrays.copyOfRange(part, 22, 26))
        .toBytes();
  }
}
