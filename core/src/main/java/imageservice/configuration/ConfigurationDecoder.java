package imageservice.configuration;

import static imageservice.configuration.InvalidConfigurationException.malformed;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Optional;

/// Reads documents, YAML or JSON, as configurations (docs/configuration.md 1.3). Names and values
/// are not checked against any release: every document of the right form gets an id.
public final class ConfigurationDecoder {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final String NOTHING = "the document is empty: " + Expectation.DOCUMENT;

  private final boolean allowsOwners;

  /// @param allowsOwners whether a document may name its owner: where somebody checks who asks
  public ConfigurationDecoder(boolean allowsOwners) {
    this.allowsOwners = allowsOwners;
  }

  public Configuration decode(byte[] body) throws InvalidConfigurationException {
    if (body.length > Limits.BODY) {
      throw new InvalidConfigurationException(
          InvalidConfigurationException.Kind.TOO_LARGE,
          "the document is larger than " + Limits.BODY + " bytes");
    }
    Node root =
        parse(text(body)).orElseThrow(() -> InvalidConfigurationException.empty("EOF", NOTHING));
    var problems = new Problems();
    Configuration configuration = new DocumentReader(problems).configuration(root);
    problems.throwIfAny();
    checkOwner(configuration);
    return configuration;
  }

  /// A byte order mark says that the document is UTF-16, and of which order; all others are UTF-8.
  private static String text(byte[] body) throws InvalidConfigurationException {
    Charset charset = charset(body);
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw malformed(
          "yaml: load error: the document is not " + (charset.equals(UTF_8) ? "UTF-8" : "UTF-16"));
    }
  }

  private static Charset charset(byte[] body) {
    return switch (body.length < 2 ? 0 : ((body[0] & 0xFF) << 8) | (body[1] & 0xFF)) {
      case 0xFFFE -> UTF_16LE;
      case 0xFEFF -> UTF_16BE;
      default -> UTF_8;
    };
  }

  /// JSON is nearly YAML. What begins like JSON and is JSON is read by JSON's own rules.
  private static Optional<Node> parse(String text) throws InvalidConfigurationException {
    if (text.stripLeading().startsWith("{")) {
      Optional<Node> json = JsonTree.parse(text);
      if (json.isPresent()) {
        return json;
      }
    }
    return YamlTree.parse(text);
  }

  private void checkOwner(Configuration configuration) throws InvalidConfigurationException {
    if (!allowsOwners && !configuration.owner().isEmpty()) {
      throw malformed("owner field is only supported in Enterprise edition");
    }
  }
}
