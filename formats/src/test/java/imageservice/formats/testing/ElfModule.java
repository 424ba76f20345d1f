package imageservice.formats.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Makes kernel modules that were never compiled: just what `depmod` and its like read of one.
public final class ElfModule {
  /// How a module tells the symbols it offers and the types of those it needs.
  public enum Versions {
    NONE,
    ABSOLUTE,
    IN_SECTION
  }

  public static final int X86_64 = 62;
  public static final int AARCH64 = 183;

  private final int machine;
  private final Versions versions;
  private final List<String> information = new ArrayList<>();
  private final Map<String, Integer> exports = new LinkedHashMap<>();
  private final Map<String, Boolean> needs = new LinkedHashMap<>();
  private final Map<String, Integer> required = new LinkedHashMap<>();

  public ElfModule(int machine, Versions versions) {
    this.machine = machine;
    this.versions = versions;
  }

  /// A record of `.modinfo`, `alias=…`.
  public ElfModule information(String text) {
    information.add(text);
    return this;
  }

  /// A symbol that it offers.
  public ElfModule export(String symbol) {
    exports.put(symbol, symbol.hashCode());
    return this;
  }

  /// A symbol that it does not define.
  public ElfModule need(String symbol, boolean weak) {
    needs.put(symbol, weak);
    return this;
  }

  /// A symbol that only `__versions` names.
  public ElfModule version(String symbol) {
    required.put(symbol, symbol.hashCode());
    return this;
  }

  public byte[] toBytes() {
    Map<String, byte[]> sections = new LinkedHashMap<>();
    sections.put(".modinfo", texts(information));
    if (!exports.isEmpty()) {
      sections.put("__ksymtab_strings", texts(new ArrayList<>(exports.keySet())));
      sections.put("__kcrctab", crcs());
    }
    if (versions != Versions.NONE) {
      sections.put("__versions", requiredVersions());
    }
    int crcSection = new ArrayList<>(sections.keySet()).indexOf("__kcrctab") + 1;
    ByteArrayOutputStream strings = new ByteArrayOutputStream();
    strings.write(0);
    sections.put(".symtab", symbols(strings, crcSection));
    sections.put(".strtab", strings.toByteArray());
    return file(sections);
  }

  private byte[] crcs() {
    return filled(4 * exports.size(), crcs -> exports.values().forEach(crcs::putInt));
  }

  private byte[] requiredVersions() {
    Map<String, Integer> all = new LinkedHashMap<>(Map.of("module_layout", 7));
    needs.keySet().forEach(symbol -> all.put(symbol, symbol.hashCode()));
    all.putAll(required);
    return filled(
        64 * all.size(),
        table ->
            all.forEach((symbol, crc) -> {
              int start = table.position();
              table.putLong(Integer.toUnsignedLong(crc)).put(ascii(symbol));
              table.position(start + 64);
            }));
  }

  private byte[] symbols(ByteArrayOutputStream strings, int crcSection) {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    table.writeBytes(new byte[24]);
    table.writeBytes(symbol(strings, "init_module", 0x12, 1, 0));
    int at = 0;
    for (Map.Entry<String, Integer> export : exports.entrySet()) {
      String name = "__crc_" + export.getKey();
      switch (versions) {
        case NONE -> {}
        case ABSOLUTE ->
            table.writeBytes(
                symbol(strings, name, 0x10, 0xFFF1, Integer.toUnsignedLong(export.getValue())));
        case IN_SECTION -> table.writeBytes(symbol(strings, name, 0x00, crcSection, at));
      }
      at += 4;
      table.writeBytes(symbol(strings, export.getKey(), 0x12, 1, 16L * at));
    }
    needs.forEach(
        (name, weak) -> table.writeBytes(symbol(strings, name, weak ? 0x20 : 0x10, 0, 0)));
    return table.toByteArray();
  }

  private static byte[] symbol(
      ByteArrayOutputStream strings, String name, int info, int section, long value) {
    int at = strings.size();
    strings.writeBytes(ascii(name + "\0"));
    return filled(
        24,
        symbol ->
            symbol.putInt(at).put((byte) info).putShort(6, (short) section).putLong(8, value));
  }

  private byte[] file(Map<String, byte[]> sections) {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    names.write(0);
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    headers.writeBytes(new byte[64]);
    ByteArrayOutputStream contents = new ByteArrayOutputStream();
    sections.forEach((name, content) -> {
      headers.writeBytes(header(names.size(), 64 + contents.size(), content.length));
      names.writeBytes(ascii(name + "\0"));
      contents.writeBytes(content);
    });
    int own = names.size();
    names.writeBytes(ascii(".shstrtab\0"));
    headers.writeBytes(header(own, 64 + contents.size(), names.size()));
    contents.writeBytes(names.toByteArray());
    return filled(
        64 + contents.size() + headers.size(),
        file -> {
          file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
          file.putShort((short) 1).putShort((short) machine).putInt(1);
          file.putLong(40, 64L + contents.size());
          file.putShort(52, (short) 64).putShort(58, (short) 64);
          file.putShort(60, (short) (sections.size() + 2));
          file.putShort(62, (short) (sections.size() + 1));
          file.position(64).put(contents.toByteArray()).put(headers.toByteArray());
        });
  }

  private static byte[] header(int name, long offset, int size) {
    return filled(
        64, header -> header.putInt(name).putInt(1).putLong(24, offset).putLong(32, size));
  }

  private static byte[] texts(List<String> texts) {
    return ascii(String.join("\0", texts) + "\0");
  }

  private static byte[] filled(int size, Consumer<ByteBuffer> fields) {
    byte[] bytes = new byte[size];
    fields.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
