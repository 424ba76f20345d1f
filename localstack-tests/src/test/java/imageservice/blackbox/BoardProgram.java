package imageservice.blackbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The program of the overlay `mini-board`: a static executable for linux/amd64, as those of real
/// overlays are, since a sandbox has no shell for a script. It reads its input, and by the eighth
/// byte of `speed: …` prints one argument, one more, or that there is no such speed; by that of
/// `installDisk: …` it writes its error to the disk, and the text of its arguments to a file.
///
/// @param text what it prints
/// @param fast what it prints as well where the speed is `fast`
/// @param error what it prints where the speed is `none`, before it ends with 3
record BoardProgram(String text, String fast, String error) {
  private static final int HEADERS = 64 + 56;
  private static final int ADDRESS = 0x40_0000;

  /// Bytes of the instructions that write a text, and of those that end the program.
  private static final int WRITE = 22;

  private static final int EXIT = 12;
  private static final int OPEN = 22;
  private static final int WRITE_AT = 25;
  private static final int INSTALL = 2 * (OPEN + WRITE_AT) + EXIT;
  private static final int TEXTS =
      HEADERS + 22 + 5 + INSTALL + 5 + WRITE + EXIT + WRITE + 5 + WRITE + EXIT;

  /// Where the sandbox has the disk and the system partition; programs read that from their order.
  private static final String DISK = "/.install/disk\0";

  private static final String FILE = "/.install/partitions/boot/EFI/board.txt\0";

  /// Where on the disk.
  static final int PLACE = 32_768;

  byte[] bytes() {
    byte[] texts = (text + fast + error + DISK + FILE).getBytes(StandardCharsets.US_ASCII);
    int errorAt = text.length() + fast.length();
    int diskAt = errorAt + error.length();
    ByteBuffer file = ByteBuffer.allocate(TEXTS + texts.length).order(ByteOrder.LITTLE_ENDIAN);
    headers(file);
    readOptions(file);
    unlessEighthIs(file, 'D', INSTALL);
    open(file, diskAt, 1); // for writing
    writeAt(file, errorAt, error.length(), PLACE);
    open(file, diskAt + DISK.length(), 0x41); // and made
    writeAt(file, 0, text.length(), 0);
    exit(file, 0);
    unlessEighthIs(file, 'n', WRITE + EXIT);
    write(file, 2, errorAt, error.length());
    exit(file, 3);
    write(file, 1, 0, text.length());
    unlessEighthIs(file, 'f', WRITE);
    write(file, 1, text.length(), fast.length());
    exit(file, 0);
    return file.put(texts).array();
  }

  /// ELF-64 Object File Format 1.5, figures 2 and 6: one segment, the whole file.
  private static void headers(ByteBuffer file) {
    file.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1}).position(16);
    file.putShort((short) 2).putShort((short) 62).putInt(1); // executable, x86-64
    file.putLong(ADDRESS + HEADERS).putLong(64).putLong(0).putInt(0);
    file.putShort((short) 64).putShort((short) 56).putShort((short) 1).position(64);
    file.putInt(1).putInt(5).putLong(0).putLong(ADDRESS).putLong(ADDRESS);
    file.putLong(file.capacity()).putLong(file.capacity()).putLong(0x1000);
  }

  /// read(0, rsp - 4096, 4096); the eighth byte into bl.
  private static void readOptions(ByteBuffer file) {
    file.put(new byte[] {0x31, (byte) 0xC0, 0x31, (byte) 0xFF});
    file.put(new byte[] {0x48, (byte) 0x8D, (byte) 0xB4, 0x24}).putInt(-4096);
    file.put((byte) 0xBA).putInt(4096);
    file.put(new byte[] {0x0F, 0x05, (byte) 0x8A, 0x5E, 0x07});
  }

  /// Where bl is another letter, skips so many bytes.
  private static void unlessEighthIs(ByteBuffer file, char letter, int skipped) {
    file.put(new byte[] {(byte) 0x80, (byte) 0xFB, (byte) letter, 0x75, (byte) skipped});
  }

  /// open(path, flags, 0644)
  private static void open(ByteBuffer file, int path, int flags) {
    file.put((byte) 0xBF).putInt(ADDRESS + TEXTS + path);
    file.put((byte) 0xBE).putInt(flags);
    file.put((byte) 0xBA).putInt(0644);
    file.put((byte) 0xB8).putInt(2).put(new byte[] {0x0F, 0x05});
  }

  /// pwrite64(what was opened, text, length, place)
  private static void writeAt(ByteBuffer file, int text, int length, int place) {
    file.put(new byte[] {(byte) 0x89, (byte) 0xC7});
    file.put((byte) 0xBE).putInt(ADDRESS + TEXTS + text);
    file.put((byte) 0xBA).putInt(length);
    file.put(new byte[] {0x41, (byte) 0xBA}).putInt(place);
    file.put((byte) 0xB8).putInt(18).put(new byte[] {0x0F, 0x05});
  }

  private static void write(ByteBuffer file, int descriptor, int text, int length) {
    file.put((byte) 0xBF).putInt(descriptor);
    file.put((byte) 0xBE).putInt(ADDRESS + TEXTS + text);
    file.put((byte) 0xBA).putInt(length);
    file.put((byte) 0xB8).putInt(1).put(new byte[] {0x0F, 0x05});
  }

  private static void exit(ByteBuffer file, int status) {
    file.put((byte) 0xBF).putInt(status);
    file.put((byte) 0xB8).putInt(60).put(new byte[] {0x0F, 0x05});
  }
}
