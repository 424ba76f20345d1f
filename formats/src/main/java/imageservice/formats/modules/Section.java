package imageservice.formats.modules;

import imageservice.formats.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A section that was read.
///
/// @param offset in the file, for naming faults
record Section(String name, ByteBuffer content, long offset) {
  int size() {
    return content.capacity();
  }

  long u64(int at) {
    return content.getLong(at);
  }

  int u32(int at) {
    return content.getInt(at);
  }

  int u16(int at) {
    return Short.toUnsignedInt(content.getShort(at));
  }

  int u8(int at) {
    return Byte.toUnsignedInt(content.get(at));
  }

  boolean startsWith(long at, String text) {
    if (at > size() - text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (content.get((int) at + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// The text that starts at a byte and ends before the next NUL; a character for every byte.
  ///
  /// @param before byte before which the NUL has to be
  String text(long at, long before) throws MalformedException {
    int limit = (int) Math.min(before, size());
    ElfFile.require(at < limit, name, offset, "has no text at " + at);
    int end = (int) at;
    while (end < limit && content.get(end) != 0) {
      end++;
    }
    ElfFile.require(end < limit, name, offset + at, "does not end with a NUL");
    return latin((int) at, end - (int) at);
  }

  /// All texts but empty ones; the last one need not end with a NUL.
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= size(); at++) {
      if (at == size() || content.get(at) == 0) {
        if (at > start) {
          texts.add(latin(start, at - start));
        }
        start = at + 1;
      }
    }
    return texts;
  }

  private String latin(int from, int length) {
    byte[] bytes = new byte[length];
    content.get(from, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
