package imageservice.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads YAML that programs wrote: one document of UTF-8 without anchors, aliases and duplicate
/// keys, so that what is read is never more than what was there. Quoted scalars and blocks become
/// texts, plain ones words; nothing is resolved and tags are passed over.
public final class YamlReader {
  private static final int NESTING = 20;

  private final ParserImpl events;

  private YamlReader(String text) {
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(Math.max(1, text.length())).build();
    events = new ParserImpl(settings, new StreamReader(settings, text));
  }

  /// The document, or nothing where there is none.
  ///
  /// @param limit of bytes
  public static Optional<YamlNode> read(byte[] document, int limit) throws MalformedYamlException {
    if (document.length > limit) {
      throw new MalformedYamlException("%d bytes, at most %d".formatted(document.length, limit));
    }
    try {
      return new YamlReader(decode(document)).document();
    } catch (MarkedYamlEngineException e) {
      throw malformed(e.getProblemMark(), e.getProblem());
    } catch (YamlEngineException e) {
      throw malformed(Optional.empty(), String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // The parser's own, on escapes and anchors that its checks let through.
      throw malformed(Optional.empty(), "not well formed");
    }
  }

  private static String decode(byte[] document) throws MalformedYamlException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedYamlException("not UTF-8");
    }
  }

  private Optional<YamlNode> document() throws MalformedYamlException {
    events.next();
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      return Optional.empty();
    }
    YamlNode root = node(events.next(), 0);
    events.next();
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw malformed(end.getStartMark(), "a second document");
    }
    return Optional.of(root);
  }

  private YamlNode node(Event event, int level) throws MalformedYamlException {
    if (level > NESTING) {
      throw malformed(event.getStartMark(), "nested deeper than " + NESTING + " levels");
    }
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
      throw malformed(event.getStartMark(), "anchors and aliases are not used here");
    }
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar);
      case SequenceStartEvent _ -> sequence(level);
      case MappingStartEvent _ -> mapping(level);
      default -> throw new IllegalStateException("no node can start with " + event);
    };
  }

  private static YamlNode.Scalar scalar(ScalarEvent scalar) {
    return scalar.isPlain()
        ? new YamlNode.Word(scalar.getValue())
        : new YamlNode.Text(scalar.getValue());
  }

  private YamlNode sequence(int level) throws MalformedYamlException {
    List<YamlNode> items = new ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      items.add(node(e, level + 1));
    }
    return new YamlNode.Sequence(items);
  }

  private YamlNode mapping(int level) throws MalformedYamlException {
    List<YamlNode.Field> fields = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      if (!(node(e, level + 1) instanceof YamlNode.Scalar key)) {
        throw malformed(e.getStartMark(), "a key that is no text");
      }
      if (!keys.add(key.text())) {
        throw malformed(e.getStartMark(), "the key " + key.text() + " is there twice");
      }
      fields.add(new YamlNode.Field(key, node(events.next(), level + 1)));
    }
    return new YamlNode.Mapping(fields);
  }

  private static MalformedYamlException malformed(Optional<Mark> mark, String problem) {
    String where = mark.map(at -> "line " + (at.getLine() + 1) + ": ").orElse("");
    String line = problem.replaceAll("\\p{Cntrl}+", " ");
    return new MalformedYamlException(
        where + (line.length() > 200 ? line.substring(0, 200) + "…" : line));
  }
}
