package imageservice.formats.modules;

import imageservice.formats.MalformedException;
import imageservice.formats.modules.ModuleFile.Export;
import imageservice.formats.modules.ModuleFile.Need;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What was read of a module as a few bytes, to be kept under the digest of its content. Another
/// revision of the format has another magic: bytes of an old one are malformed, and made anew.
public final class ModuleFileCodec {
  private static final int MAGIC = 0x6b6d6f01;

  private ModuleFileCodec() {}

  public static byte[] encode(ModuleFile module) {
    Writer out = new Writer();
    out.bytes.writeBytes(ByteBuffer.allocate(4).putInt(MAGIC).array());
    out.list(
        module.exports(),
        export -> {
          out.text(export.symbol());
          out.number(export.crc());
        });
    out.list(
        module.needs(),
        need -> {
          out.text(need.symbol());
          out.number(need.crc());
          out.number(need.weak() ? 1 : 0);
        });
    out.list(module.aliases(), out::text);
    out.list(module.softDependencies(), out::text);
    out.list(module.weakDependencies(), out::text);
    return out.bytes.toByteArray();
  }

  public static ModuleFile decode(byte[] encoded) throws MalformedException {
    Reader in = new Reader(ByteBuffer.wrap(encoded));
    in.require(encoded.length >= 4 && in.bytes.getInt() == MAGIC, "magic", "is another one");
    List<Export> exports = in.list(() -> new Export(in.key(), in.number()));
    List<Need> needs = in.list(() -> new Need(in.key(), in.number(), in.flag()));
    List<String> aliases = in.list(in::key);
    List<String> soft = in.list(in::text);
    List<String> weak = in.list(in::text);
    in.require(!in.bytes.hasRemaining(), "end", "has bytes behind it");
    return new ModuleFile(exports, needs, aliases, soft, weak);
  }

  private static final class Writer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /// Seven bits a byte, the lowest first, the highest bit on all but the last.
    void number(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        bytes.write((int) (rest & 0x7F) | 0x80);
        rest >>>= 7;
      }
      bytes.write((int) rest);
    }

    void text(String text) {
      byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
      number(encoded.length);
      bytes.writeBytes(encoded);
    }

    <T> void list(List<T> items, Consumer<T> item) {
      number(items.size());
      items.forEach(item);
    }
  }

  private interface Item<T> {
    T read() throws MalformedException;
  }

  private static final class Reader {
    private final ByteBuffer bytes;

    Reader(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    long number() throws MalformedException {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        require(bytes.hasRemaining(), "number", "ends early");
        byte part = bytes.get();
        value |= (part & 0x7FL) << shift;
        if (part >= 0) {
          return value;
        }
      }
      throw new MalformedException("encoded module", "number", bytes.position(), "is too long");
    }

    boolean flag() throws MalformedException {
      long flag = number();
      require(flag == 0 || flag == 1, "flag", "is " + flag);
      return flag == 1;
    }

    String text() throws MalformedException {
      byte[] text = new byte[count("text")];
      bytes.get(text);
      return new String(text, StandardCharsets.ISO_8859_1);
    }

    String key() throws MalformedException {
      String text = text();
      require(ModuleFile.isKey(text), "text", "no key of an index");
      return text;
    }

    <T> List<T> list(Item<T> item) throws MalformedException {
      int count = count("list");
      List<T> items = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        items.add(item.read());
      }
      return items;
    }

    /// No more than there are bytes left, of which every item takes one.
    private int count(String field) throws MalformedException {
      long count = number();
      require(count >= 0 && count <= bytes.remaining(), field, "has " + count + " items");
      return (int) count;
    }

    void require(boolean holds, String field, String reason) throws MalformedException {
      if (!holds) {
        throw new MalformedException("encoded module", field, bytes.position(), reason);
      }
    }
  }
}
