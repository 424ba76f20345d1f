package imageservice.formats.modules;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lists a kernel's build leaves beside its modules; any may be missing.
///
/// @param order `modules.order`: paths in the order modules are to be tried
/// @param builtin `modules.builtin`: paths modules would have if they were not part of the kernel
/// @param information `modules.builtin.modinfo`: what `.modinfo` of these would hold
public record KernelLists(
    @Nullable Blob order, @Nullable Blob builtin, @Nullable Blob information) {
  /// An alias of what is part of the kernel.
  record BuiltinAlias(String module, String alias) {}

  private static final int LIMIT = 64 << 20;

  /// The longest line that counts, `PATH_MAX` without the NUL.
  private static final int LINE = 4095;

  /// Places of the modules the order names, by path; of a path that is there twice the last one.
  /// None where the list is not whole lines: depmod then takes no notice of it.
  Map<String, Integer> places() throws IOException {
    Map<String, Integer> places = new HashMap<>();
    int place = 0;
    for (String line : lines(text(order, "modules.order"))) {
      if (!line.endsWith("\n") || line.length() > LINE) {
        return Map.of();
      }
      places.put(line.substring(0, line.length() - 1), place++);
    }
    return places;
  }

  /// Names of what is part of the kernel. Lines that do not start with a letter do not count.
  List<String> builtinNames() throws IOException {
    List<String> names = new ArrayList<>();
    for (String line : lines(text(builtin, "modules.builtin"))) {
      String name = ModulePath.name(line);
      if (isLetter(line.charAt(0)) && !line.endsWith("/")) {
        names.add(key(name, "modules.builtin"));
      }
    }
    return names;
  }

  /// Aliases of what is part of the kernel, from records `module.key=value` that end with a NUL.
  /// Records that are none are passed over as depmod passes over them.
  List<BuiltinAlias> builtinAliases() throws IOException {
    List<BuiltinAlias> aliases = new ArrayList<>();
    String text = text(information, "modules.builtin.modinfo");
    int at = 0;
    for (int end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0', at)) {
      String record = text.substring(at, end);
      int dot = record.indexOf('.');
      int equals = record.indexOf('=', dot + 1);
      if (dot > 0 && equals > 0) {
        addAlias(record, dot, equals, aliases);
      }
      // Behind a dot that comes first another record starts; one without a key swallows the next.
      at = dot == 0 ? at + 1 : end + 1;
      if (dot > 0 && equals < 0) {
        int next = text.indexOf('\0', at);
        at = next < 0 ? text.length() : next + 1;
      }
    }
    return aliases;
  }

  private static void addAlias(String record, int dot, int equals, List<BuiltinAlias> aliases)
      throws MalformedException {
    String alias = record.substring(equals + 1);
    if (record.substring(dot + 1, equals).equals("alias") && !alias.isEmpty()) {
      aliases.add(
          new BuiltinAlias(record.substring(0, dot), key(alias, "modules.builtin.modinfo")));
    }
  }

  private static String text(@Nullable Blob list, String name) throws IOException {
    if (list == null) {
      return "";
    }
    if (list.length() > LIMIT) {
      throw new MalformedException(name, "list", 0, "has " + list.length() + " bytes");
    }
    return new String(list.bytes(LIMIT), StandardCharsets.ISO_8859_1);
  }

  /// Lines with their ends.
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int end = text.indexOf('\n', at);
      int next = end < 0 ? text.length() : end + 1;
      lines.add(text.substring(at, next));
      at = next;
    }
    return lines;
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static String key(String text, String name) throws MalformedException {
    if (!ModuleFile.isKey(text)) {
      throw new MalformedException(name, "name", 0, "no key of an index: " + text);
    }
    return text;
  }
}
