package imageservice.configuration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Parses strict JSON.
final class JsonTree {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser parser;

  private JsonTree(JsonParser parser) {
    this.parser = parser;
  }

  /// The tree of `text`, or nothing where it is not one JSON value and no more.
  static Optional<Node> parse(String text) throws InvalidConfigurationException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      Node root = new JsonTree(parser).node(1);
      return parser.nextToken() == null ? Optional.of(root) : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail", e);
    }
  }

  private Node node(int depth) throws IOException, InvalidConfigurationException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return object(depth);
    }
    if (token == JsonToken.START_ARRAY) {
      return array(depth);
    }
    if (token == null || !token.isScalarValue()) {
      throw new JsonParseException(parser, "a value is missing");
    }
    return scalar(token != JsonToken.VALUE_STRING);
  }

  private Node object(int depth) throws IOException, InvalidConfigurationException {
    Limits.checkNesting(depth);
    Node.Place place = place();
    List<Node.Entry> entries = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Node key = scalar(false);
      parser.nextToken();
      entries.add(new Node.Entry(key, node(depth + 1)));
    }
    return new Node.Mapping(place, entries);
  }

  private Node array(int depth) throws IOException, InvalidConfigurationException {
    Limits.checkNesting(depth);
    Node.Place place = place();
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(depth + 1));
      Limits.checkListItems(items.size());
    }
    return new Node.Sequence(place, items);
  }

  private Node scalar(boolean isPlain) throws IOException, InvalidConfigurationException {
    Limits.checkText(parser.getText());
    return new Node.Scalar(place(), "", parser.getText(), isPlain);
  }

  private Node.Place place() {
    JsonLocation location = parser.currentTokenLocation();
    return new Node.Place(location.getLineNr(), Math.toIntExact(location.getCharOffset()));
  }
}
