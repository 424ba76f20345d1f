package imageservice.builder.fetch;

import imageservice.builder.oci.RegistryPrefix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A catalogue as an operator names it.
///
/// @param policy for all images below the prefix
public record CatalogueSetting(RegistryPrefix prefix, SourcePolicy policy) {
  /// The command-line option that names one.
  public static final String SWITCH = "--catalogue";

  /// The variable that names all on AWS, separated by blanks.
  public static final String VARIABLE = "CATALOGUES";

  /// How one is written.
  public static final String SYNTAX = "PREFIX[@POLICY], such as ghcr.io/my-org/@key:my-org.pub";

  /// Those that texts mean, each `PREFIX[@POLICY]`; the official policy where none is given.
  ///
  /// @throws IllegalArgumentException where one means none, with what is wrong
  public static List<CatalogueSetting> parse(List<String> texts) {
    Map<String, CatalogueSetting> byPrefix = new LinkedHashMap<>();
    for (String text : texts) {
      CatalogueSetting setting = parse(text);
      if (byPrefix.put(setting.prefix().toString(), setting) != null) {
        throw new IllegalArgumentException(setting.prefix() + " is named twice");
      }
    }
    return List.copyOf(byPrefix.values());
  }

  private static CatalogueSetting parse(String text) {
    int at = text.indexOf('@');
    String prefix = at < 0 ? text : text.substring(0, at);
    try {
      return new CatalogueSetting(
          RegistryPrefix.parse(prefix),
          SourcePolicy.parse(at < 0 ? SourcePolicy.OFFICIAL : text.substring(at + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: %s; write %s".formatted(text, e.getMessage(), SYNTAX), e);
    }
  }
}
