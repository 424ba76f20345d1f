package imageservice.formats.linux;

import imageservice.formats.blob.Blob;
import imageservice.formats.struct.StructReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads the setup header of a kernel image for x86, which lies in the first sectors of the file.
public final class BzImage {
  private static final String FORMAT = "bzImage";
  private static final int SECTOR = 512;
  private static final int SETUP_SECTS = 0x1F1;
  private static final int HEADER_MAGIC = 0x202;
  private static final int KERNEL_VERSION = 0x20E;

  /// What a count of 0 means.
  private static final int DEFAULT_SETUP_SECTS = 4;

  private static final int LONGEST_VERSION = 256;
  private static final int PROTOCOL_VERSION = 0x206;
  private static final int CMDLINE_SIZE = 0x238;

  /// The boot protocol that has the field `cmdline_size`.
  private static final int WITH_CMDLINE_SIZE = 0x206;

  /// What every kernel reads of a command line; a smaller number makes no sense.
  private static final int SHORTEST_CMDLINE = 255;

  private BzImage() {}

  /// The kernel's release as `uname -r` says it: the first word of the field that `kernel_version`
  /// points to. Empty where the image has no such header, as those for arm64, or no sensible text.
  public static Optional<String> release(Blob kernel) throws IOException {
    if (kernel.length() < KERNEL_VERSION + 2) {
      return Optional.empty();
    }
    StructReader in =
        StructReader.littleEndian(
            FORMAT,
            Blob.slice(kernel, SETUP_SECTS, KERNEL_VERSION + 2 - SETUP_SECTS).bytes(SECTOR),
            SETUP_SECTS);
    int sectors = in.u8("setup_sects");
    in.bytes("root_flags to jump", HEADER_MAGIC - SETUP_SECTS - 1);
    boolean hasHeader = in.text("header", 4).equals("HdrS");
    in.bytes("version to start_sys_seg", KERNEL_VERSION - HEADER_MAGIC - 4);
    int pointer = in.u16("kernel_version");
    int setup = (sectors == 0 ? DEFAULT_SETUP_SECTS : sectors) * SECTOR;
    return hasHeader && pointer > 0 && pointer <= setup
        ? firstWord(kernel, pointer + SECTOR)
        : Optional.empty();
  }

  /// The bytes of a command line that the kernel reads, without the final NUL: the field
  /// `cmdline_size` (Linux, The Linux/x86 Boot Protocol). Empty where the image has no such field.
  public static OptionalInt commandLineLimit(Blob kernel) throws IOException {
    if (kernel.length() < CMDLINE_SIZE + 4) {
      return OptionalInt.empty();
    }
    StructReader in =
        StructReader.littleEndian(
            FORMAT,
            Blob.slice(kernel, HEADER_MAGIC, CMDLINE_SIZE + 4 - HEADER_MAGIC).bytes(SECTOR),
            HEADER_MAGIC);
    boolean hasHeader = in.text("header", 4).equals("HdrS");
    int protocol = in.u16("version");
    in.bytes("realmode_swtch to min_alignment", CMDLINE_SIZE - PROTOCOL_VERSION - 2);
    long size = in.u32("cmdline_size");
    return hasHeader && protocol >= WITH_CMDLINE_SIZE && size >= SHORTEST_CMDLINE
        ? OptionalInt.of((int) Math.min(size, Integer.MAX_VALUE))
        : OptionalInt.empty();
  }

  private static Optional<String> firstWord(Blob kernel, int at) throws IOException {
    long there = Math.clamp(kernel.length() - at, 0, LONGEST_VERSION);
    if (there == 0) {
      return Optional.empty();
    }
    byte[] text = Blob.slice(kernel, at, there).bytes(LONGEST_VERSION);
    int length = 0;
    while (length < text.length && text[length] > ' ' && text[length] <= '~') {
      length++;
    }
    boolean ended = length < text.length && (text[length] == 0 || text[length] == ' ');
    return length > 0 && ended
        ? Optional.of(new String(text, 0, length, StandardCharsets.US_ASCII))
        : Optional.empty();
  }
}
