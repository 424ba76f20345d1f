package imageservice.blackbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A PE32+ image that does nothing, in the place of systemd's stub and boot loader (PE Format).
final class SyntheticPe {
  private static final int LFANEW = 0x40;
  private static final int OPTIONAL = 240;
  private static final int FILE_ALIGNMENT = 512;
  private static final int SECTION_ALIGNMENT = 4096;
  private static final String[] SECTIONS = {".text", ".sbat"};

  private SyntheticPe() {}

  static byte[] image(String architecture) {
    ByteBuffer image =
        ByteBuffer.allocate(FILE_ALIGNMENT * (1 + SECTIONS.length))
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(ascii("MZ"))
            .putInt(LFANEW - 4, LFANEW)
            .position(LFANEW)
            .put(ascii("PE\0\0"))
            .putShort((short) (architecture.equals("amd64") ? 0x8664 : 0xAA64))
            .putShort((short) SECTIONS.length)
            .position(LFANEW + 20)
            .putShort((short) OPTIONAL)
            .putShort((short) 0x22E); // executable, without line numbers, symbols, relocations
    optionalHeader(image);
    image.position(LFANEW + 24 + OPTIONAL);
    for (int i = 0; i < SECTIONS.length; i++) {
      section(image, SECTIONS[i], i + 1);
    }
    return image.array();
  }

  private static void optionalHeader(ByteBuffer image) {
    int start = LFANEW + 24;
    image.putShort(start, (short) 0x20B);
    image.putInt(start + 16, SECTION_ALIGNMENT); // entry point
    image.putInt(start + 32, SECTION_ALIGNMENT);
    image.putInt(start + 36, FILE_ALIGNMENT);
    image.putInt(start + 56, SECTION_ALIGNMENT * (1 + SECTIONS.length));
    image.putInt(start + 60, FILE_ALIGNMENT);
    image.putShort(start + 68, (short) 10); // an EFI application
    image.putInt(start + 108, 16);
  }

  private static void section(ByteBuffer image, String name, int number) {
    int start = image.position();
    image.put(ascii(name));
    image.putInt(start + 8, FILE_ALIGNMENT);
    image.putInt(start + 12, SECTION_ALIGNMENT * number);
    image.putInt(start + 16, FILE_ALIGNMENT);
    image.putInt(start + 20, FILE_ALIGNMENT * number);
    image.putInt(start + 36, 0x4000_0040);
    image.put(FILE_ALIGNMENT * number, ascii("content of " + name));
    image.position(start + 40);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
