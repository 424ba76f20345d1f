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
import org.jspecify.annotations.Nullable;

/// Finds in a module what libkmod finds, in its order.
final class ModuleReader {
  private static final String CRC = "__crc_";
  private static final int LONGEST_NAME = ModuleFile.LONGEST_KEY + CRC.length() + 1;
  private static final int CRC_SECTIONS = 8;
  private static final int CRC_SECTION_SIZE = 1 << 20;
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
    return symbols(symtab, names.get());
  }

  /// Those that are undefined and those that are CRCs of others.
  private static List<Symbol> symbols(Section symtab, Section names) throws IOException {
    List<Symbol> symbols = new ArrayList<>();
    // Names may share their ends, but not so that a small table makes a large list.
    long left = 4L * names.size();
    for (int at = SYMBOL; at < symtab.size(); at += SYMBOL) {
      long start = Integer.toUnsignedLong(symtab.u32(at));
      int section = symtab.u16(at + 6);
      if (section == 0 || names.startsWith(start, CRC)) {
        String name = names.text(start, start + LONGEST_NAME);
        left -= name.length();
        ElfFile.require(left >= 0, ".strtab", names.offset(), "is used more than four times");
        boolean weak = symtab.u8(at + 4) >> 4 == WEAK;
        symbols.add(new Symbol(name, section, symtab.u64(at + 8), weak));
      }
    }
    return symbols;
  }

  /// Those that have a CRC; all names where none has.
  private List<Export> exports(List<Symbol> symbols) throws IOException {
    List<Export> exports = new ArrayList<>();
    Map<Integer, Section> crcs = new HashMap<>();
    for (Symbol symbol : symbols) {
      if (symbol.name().startsWith(CRC)) {
        String name = key(symbol.name().substring(CRC.length()), ".strtab");
        exports.add(new Export(name, crc(symbol, crcs)));
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
  ///
  /// @param known sections of CRCs that were read; of those there are one or two
  private long crc(Symbol symbol, Map<Integer, Section> known) throws IOException {
    if (symbol.section() == ABSOLUTE || symbol.isUndefined()) {
      return symbol.value();
    }
    @Nullable Section crcs = known.get(symbol.section());
    if (crcs == null) {
      crcs = elf.section(symbol.section(), "__kcrctab");
      known.put(symbol.section(), crcs);
      boolean few = known.size() <= CRC_SECTIONS && crcs.size() <= CRC_SECTION_SIZE;
      ElfFile.require(few, "__kcrctab", crcs.offset(), "CRCs in many or large sections");
    }
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
        String name = key(symbol.name(), ".strtab");
        needs.add(new Need(name, crcs.getOrDefault(name, 0L), symbol.weak()));
        seen.add(name);
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
        versions.add(new Need(key(name, "__versions"), section.get().u64(at), false));
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
      key(text, field);
    }
    return texts;
  }

  private static String key(String text, String field) throws MalformedException {
    ElfFile.require(ModuleFile.isKey(text), field, 0, "no key of an index: " + text);
    return text;
  }
}
