package imageservice.formats.modules;

import imageservice.formats.blob.Blob;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The indexes people can read.
final class TextIndexes {
  private static final String DEVNAME = "devname:";
  private static final Pattern NUMBERS =
      Pattern.compile("(char|block)-major-([0-9]{1,9})-([0-9]{1,9}).*", Pattern.DOTALL);

  private TextIndexes() {}

  /// @param lines of [Depmod#dependencies]
  static Blob dependencies(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return blob(text);
  }

  static Blob aliases(List<TreeModule> modules) {
    StringBuilder text = new StringBuilder("# Aliases extracted from modules themselves.\n");
    for (TreeModule module : modules) {
      for (String alias : module.file().aliases()) {
        text.append("alias ").append(alias).append(' ').append(module.name()).append('\n');
      }
    }
    return blob(text);
  }

  static Blob softDependencies(List<TreeModule> modules) {
    return dependencies(modules, "Soft", "softdep", ModuleFile::softDependencies);
  }

  static Blob weakDependencies(List<TreeModule> modules) {
    return dependencies(modules, "Weak", "weakdep", ModuleFile::weakDependencies);
  }

  /// @param symbols in the order of a hash table
  static Blob symbols(List<String> symbols, Function<String, TreeModule> owner) {
    StringBuilder text = new StringBuilder("# Aliases for symbols, used by symbol_request().\n");
    for (String symbol : symbols) {
      text.append("alias symbol:").append(symbol).append(' ');
      text.append(owner.apply(symbol).name()).append('\n');
    }
    return blob(text);
  }

  /// Nothing at all where no module has a device node.
  static Blob deviceNames(List<TreeModule> modules) {
    StringBuilder text = new StringBuilder();
    for (TreeModule module : modules) {
      deviceName(module)
          .ifPresent(name -> text.append(module.name()).append(' ').append(name).append('\n'));
    }
    if (!text.isEmpty()) {
      text.insert(0, "# Device nodes to trigger on-demand module loading.\n");
    }
    return blob(text);
  }

  /// The last name and the last numbers there are when both have been seen; a module with a name
  /// and no numbers is left out.
  private static Optional<String> deviceName(TreeModule module) {
    @Nullable String name = null;
    @Nullable String numbers = null;
    for (String alias : module.file().aliases()) {
      Matcher matcher = NUMBERS.matcher(alias);
      if (alias.startsWith(DEVNAME)) {
        name = alias.substring(DEVNAME.length());
      } else if (matcher.matches()) {
        numbers = numbers(matcher);
      }
      if (name != null && numbers != null) {
        return Optional.of(name + " " + numbers);
      }
    }
    return Optional.empty();
  }

  private static String numbers(Matcher matcher) {
    return "%s%d:%d"
        .formatted(
            matcher.group(1).charAt(0),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)));
  }

  private static Blob dependencies(
      List<TreeModule> modules,
      String kind,
      String word,
      Function<ModuleFile, List<String>> dependencies) {
    StringBuilder text =
        new StringBuilder("# " + kind + " dependencies extracted from modules themselves.\n");
    for (TreeModule module : modules) {
      for (String dependency : dependencies.apply(module.file())) {
        text.append(word).append(' ').append(module.name()).append(' ');
        text.append(dependency).append('\n');
      }
    }
    return blob(text);
  }

  private static Blob blob(StringBuilder text) {
    return Blob.of(text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }
}
