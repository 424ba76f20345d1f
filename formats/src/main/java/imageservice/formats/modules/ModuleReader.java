package imageservice.formats.modules;

import imageservice.formats.MalformedException;
import imageservice.formats.modules.ModuleFile.Export;
import imageservice.formats.modules.ModuleFile.Need;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds in a module what libkmod finds, in its order.
final class ModuleReader {
  private static final String CRC = "__crc_";
  private static final int SYMBOL = 24;
  private static final int ABSOLUTE = 0xFFF1;
  private static final int WEAK = 2;

  /// An entry of `__versions`: the CRC in 8 bytes, then the name.
  private static final int VERSION = 64;

  private static final int VERSION_NAME = 8;

  private final ElfFile elf;

  ModuleReader(ElfFile elf) {
    this.elf = elf;
  }

  ModuleFile read() throws IOException {
    List<Symbol> symbols = symbols();
    List<String> information = elf.section(".modinfo").map(Section::texts).orElse(List.of());
    return new ModuleFile(
        exports(symbols),
        needs(symbols),
        checked(values(information, "alias"), "alias"),
        values(information, "softdep"),
        values(information, "weakdep"));
  }

  private record Symbol(String name, int section, long value, boolean weak) {
    boolean isUndefined() {
      return section == 0;
    }
  }

  /// All symbols but the first, which is none; none where there is no table.
  private List<Symbol> symbols() throws IOException {
    Optional<Section> table = elf.section(".symtab");
    Optional<Section> names = elf.section(".strtab");
    if (table.isEmpty() || names.isEmpty()) {
      return List.of();
    }
    Section symtab = table.get();
    ElfFile.require(
        symtab.size() % SYMBOL == 0, ".symtab", symtab.offset(), "has " + symtab.size() + " bytes");
    List<Symbol> symbols = new ArrayList<>();
    for (int at = SYMBOL; at < symtab.size(); at += SYMBOL) {
      int section = symtab.u16(at + 6);
      String name = names.get().text(Integer.toUnsignedLong(symtab.u32(at)));
      if (section == 0 || name.startsWith(CRC)) {
        boolean weak = symtab.u8(at + 4) >> 4 == WEAK;
        symbols.add(new Symbol(ascii(name, ".strtab"), section, symtab.u64(at + 8), weak));
      }
    }
    return symbols;
  }

  /// Those that have a CRC; all names where none has.
  private List<Export> exports(List<Symbol> symbols) throws IOException {
    List<Export> exports = new ArrayList<>();
    for (Symbol symbol : symbols) {
      if (symbol.name().startsWith(CRC)) {
        exports.add(new Export(symbol.name().substring(CRC.length()), crc(symbol)));
      }
    }
    Optional<Section> names = elf.section("__ksymtab_strings");
    if (exports.isEmpty() && names.isPresent()) {
      for (String name : checked(names.get().texts(), "__ksymtab_strings")) {
        exports.add(new Export(name, 0));
      }
    }
    return exports;
  }

  /// The value of an absolute symbol, or what is at its place in its section.
  private long crc(Symbol symbol) throws IOException {
    if (symbol.section() == ABSOLUTE || symbol.isUndefined()) {
      return symbol.value();
    }
    Section crcs = elf.section(symbol.section(), "__kcrctab");
    ElfFile.require(
        symbol.value() >= 0 && symbol.value() <= crcs.size() - 4,
        symbol.name(),
        crcs.offset(),
        "has no 4 bytes at " + symbol.value());
    return Integer.toUnsignedLong(crcs.u32((int) symbol.value()));
  }

  /// The undefined symbols, then those that only `__versions` names.
  private List<Need> needs(List<Symbol> symbols) throws IOException {
    List<Need> versions = versions();
    Map<String, Long> crcs = new HashMap<>();
    versions.forEach(version -> crcs.putIfAbsent(version.symbol(), version.crc()));
    List<Need> needs = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Symbol symbol : symbols) {
      if (symbol.isUndefined() && !symbol.name().isEmpty()) {
        needs.add(new Need(symbol.name(), crcs.getOrDefault(symbol.name(), 0L), symbol.weak()));
        seen.add(symbol.name());
      }
    }
    // Of two versions of one symbol only the first counts as seen.
    versions.stream().filter(version -> !seen.remove(version.symbol())).forEach(needs::add);
    return needs;
  }

  private List<Need> versions() throws IOException {
    Optional<Section> section = elf.section("__versions");
    List<Need> versions = new ArrayList<>();
    if (section.isPresent() && section.get().size() % VERSION == 0) {
      for (int at = 0; at < section.get().size(); at += VERSION) {
        String name = section.get().text(at + VERSION_NAME, at + VERSION);
        versions.add(new Need(ascii(name, "__versions"), section.get().u64(at), false));
      }
    }
    return versions;
  }

  private static List<String> values(List<String> information, String key) {
    return information.stream()
        .filter(text -> text.equals(key) || text.startsWith(key + "="))
        .map(text -> text.substring(Math.min(key.length() + 1, text.length())))
        .toList();
  }

  private static List<String> checked(List<String> texts, String field) throws MalformedException {
    for (String text : texts) {
      ascii(text, field);
    }
    return texts;
  }

  private static String ascii(String text, String field) throws MalformedException {
    ElfFile.require(ModuleFile.isAscii(text), field, 0, "is not ASCII: " + text);
    return text;
  }
}
