package imageservice.yaml;

/// Writes YAML.
public final class YamlText {
  private YamlText() {}

  /// The document, with final newline.
  public static String write(YamlNode.Mapping root, YamlStyle style, Folding folding) {
    return new BlockWriter(style, folding).write(root);
  }
}
