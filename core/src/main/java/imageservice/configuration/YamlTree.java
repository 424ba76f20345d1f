package imageservice.configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.LoadSettingsBuilder;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Parses the first document of a YAML stream, down to scalars as they are written.
final class YamlTree {
  private static final String CORE_TAGS = "tag:yaml.org,2002:";

  private static final int PIECES = 16;

  /// A tree with what it costs once its aliases are written out.
  ///
  /// @param weight nodes and characters
  /// @param depth collections within collections
  private record Built(Node node, long weight, int depth) {}

  private final ParserImpl events;
  private final long maxWeight;
  private final Map<Anchor, Built> anchors = new HashMap<>();

  private final SeparatorEscapes escapes;

  /// Of the text, in code points, as the parser counts.
  private final int length;

  private YamlTree(SeparatorEscapes escapes) {
    LoadSettings settings = settings(escapes.text());
    events = new ParserImpl(settings, new StreamReader(settings, escapes.text()));
    maxWeight = (long) Limits.EXPANSION * escapes.text().length();
    this.escapes = escapes;
    this.length = escapes.text().codePointCount(0, escapes.text().length());
  }

  /// With the parser's own buffer, but for long documents, which are read in so many pieces at
  /// most: with each piece the parser copies what it has read of a comment or scalar so far.
  private static LoadSettings settings(String text) {
    LoadSettingsBuilder builder = LoadSettings.builder();
    int standard = builder.build().getBufferSize();
    return builder.setBufferSize(Math.max(standard, text.length() / PIECES)).build();
  }

  /// The tree of the first document, or nothing where there is none.
  static Optional<Node> parse(String text) throws InvalidConfigurationException {
    try {
      return new YamlTree(SeparatorEscapes.hide(text)).document();
    } catch (MarkedYamlEngineException e) {
      throw InvalidConfigurationException.malformed(describe(e));
    } catch (YamlVersionException e) {
      throw InvalidConfigurationException.malformed(
          "yaml: load error: YAML %d.%d is not known: write YAML 1.2, or leave the directive out"
              .formatted(e.getSpecVersion().getMajor(), e.getSpecVersion().getMinor()));
    } catch (YamlEngineException e) {
      throw InvalidConfigurationException.malformed(
          "yaml: load error: " + Problems.oneLine(String.valueOf(e.getMessage())));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // The parser's own, on escapes and anchors that its checks let through.
      throw InvalidConfigurationException.malformed("yaml: load error: not well formed");
    }
  }

  private static String describe(MarkedYamlEngineException e) {
    String where = e.getProblemMark().map(YamlTree::describe).orElse("");
    String context = e.getContext() == null ? "" : " (" + e.getContext() + ")";
    return Problems.oneLine("yaml: load error" + context + where + ": " + e.getProblem());
  }

  private static String describe(Mark mark) {
    return " at L%d.C%d".formatted(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private Optional<Node> document() throws InvalidConfigurationException {
    events.next();
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      return Optional.empty();
    }
    return Optional.of(build(events.next(), 0).node());
  }

  private Built build(Event event, int level) throws InvalidConfigurationException {
    Built built =
        switch (event) {
          case AliasEvent alias -> anchored(alias);
          case ScalarEvent scalar -> scalar(scalar);
          case SequenceStartEvent start -> sequence(start, level + 1);
          case MappingStartEvent start -> mapping(start, level + 1);
          default -> throw new IllegalStateException("no node can start with " + event);
        };
    checkWeight(built.weight());
    Limits.checkNesting(built.depth());
    if (!(event instanceof AliasEvent) && event instanceof NodeEvent node) {
      node.getAnchor().ifPresent(anchor -> anchors.put(anchor, built));
    }
    return built;
  }

  private Built anchored(AliasEvent alias) throws InvalidConfigurationException {
    Built target = anchors.get(alias.getAlias());
    if (target == null) {
      throw InvalidConfigurationException.malformed(
          "yaml: load error%s: unknown anchor '%s' referenced, or it contains itself"
              .formatted(
                  alias.getStartMark().map(YamlTree::describe).orElse(""),
                  Problems.name(alias.getAlias().getValue())));
    }
    return target;
  }

  private Built scalar(ScalarEvent event) throws InvalidConfigurationException {
    String value = endsDocument(event) ? unended(event) : event.getValue();
    String revealed = escapes.reveal(value, event.isDQuoted());
    String text = event.isSQuoted() ? withoutIndentation(revealed) : revealed;
    Limits.checkText(text);
    String tag = event.getTag().map(YamlTree::shortTag).orElse("");
    return new Built(
        new Node.Scalar(place(event), tag, text, event.isPlain()), 1 + text.length(), 0);
  }

  private boolean endsDocument(ScalarEvent event) {
    return (event.isLiteral() || event.isFolded())
        && !UnendedBlock.endsLine(escapes.text())
        && event.getEndMark().map(Mark::getIndex).orElse(0) == length;
  }

  private String unended(ScalarEvent event) {
    int start = escapes.text().offsetByCodePoints(0, place(event).position());
    return UnendedBlock.value(escapes.text().substring(start), event.getValue());
  }

  /// U+2028 and U+2029 are line breaks in canonical texts: what is indented after one in single
  /// quotes is not content.
  private static String withoutIndentation(String text) {
    if (text.indexOf(0x2028) < 0 && text.indexOf(0x2029) < 0) {
      return text;
    }
    var lines = new StringBuilder();
    boolean atStart = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isBlank = c == ' ' || c == '\t';
      boolean isSeparator = c == 0x2028 || c == 0x2029;
      if (isSeparator) {
        removeTrailingBlanks(lines);
      }
      if (!(isBlank && atStart)) {
        lines.append(c);
      }
      atStart = isSeparator || (isBlank && atStart);
    }
    return lines.toString();
  }

  private static void removeTrailingBlanks(StringBuilder lines) {
    int end = lines.length();
    while (end > 0 && (lines.charAt(end - 1) == ' ' || lines.charAt(end - 1) == '\t')) {
      end--;
    }
    lines.setLength(end);
  }

  private Built sequence(SequenceStartEvent start, int level) throws InvalidConfigurationException {
    Limits.checkNesting(level);
    List<Node> items = new ArrayList<>();
    long weight = 1;
    int depth = 0;
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      Built item = build(e, level);
      items.add(item.node());
      Limits.checkListItems(items.size());
      weight += item.weight();
      checkWeight(weight);
      depth = Math.max(depth, item.depth());
    }
    return new Built(new Node.Sequence(place(start), items), weight, depth + 1);
  }

  private Built mapping(MappingStartEvent start, int level) throws InvalidConfigurationException {
    Limits.checkNesting(level);
    List<Node.Entry> entries = new ArrayList<>();
    long weight = 1;
    int depth = 0;
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      Built key = build(e, level);
      Built value = build(events.next(), level);
      entries.add(new Node.Entry(key.node(), value.node()));
      weight += key.weight() + value.weight();
      checkWeight(weight);
      depth = Math.max(depth, Math.max(key.depth(), value.depth()));
    }
    return new Built(new Node.Mapping(place(start), entries), weight, depth + 1);
  }

  private void checkWeight(long weight) throws InvalidConfigurationException {
    if (weight > maxWeight) {
      throw InvalidConfigurationException.malformed(
          "aliases make the document more than " + Limits.EXPANSION + " times as long");
    }
  }

  private static String shortTag(String tag) {
    return tag.startsWith(CORE_TAGS) ? "!!" + tag.substring(CORE_TAGS.length()) : tag;
  }

  private static Node.Place place(Event event) {
    return event
        .getStartMark()
        .map(mark -> new Node.Place(mark.getLine() + 1, mark.getIndex()))
        .orElseThrow(() -> new IllegalStateException("marks are in use"));
  }
}
