package imageservice.builder.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import imageservice.builder.yaml.YamlValue.Field;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Tag;

/// One YAML document, read within limits: bytes, nesting, and aliases of scalars only, so that what
/// is read is never more than what was there. The only class that knows Jackson's YAML parser.
public final class YamlDocument {
  /// Mappings and lists within each other.
  private static final int DEEPEST = 20;

  /// Who writes a kind of document, and so how much of YAML is in use there.
  public enum Author {
    /// Anchors, aliases and duplicate keys are refused wherever they are.
    PROGRAM,

    /// A scalar may have an anchor and stand elsewhere as an alias. Whoever reads a mapping decides
    /// on duplicate keys.
    PERSON
  }

  private final YAMLParser parser;
  private final Author author;

  private YamlDocument(YAMLParser parser, Author author) {
    this.parser = parser;
    this.author = author;
  }

  /// The document in this UTF-8, or nothing where there is none.
  ///
  /// @param limit of bytes
  public static Optional<YamlValue> read(byte[] document, int limit, Author author)
      throws MalformedYamlException {
    if (document.length > limit) {
      throw new MalformedYamlException("%d bytes, at most %d".formatted(document.length, limit));
    }
    try {
      return read(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString(),
          limit,
          author);
    } catch (CharacterCodingException e) {
      throw new MalformedYamlException("not UTF-8");
    }
  }

  /// The document in this text, or nothing where there is none.
  ///
  /// @param limit of code points
  public static Optional<YamlValue> read(String document, int limit, Author author)
      throws MalformedYamlException {
    try (YAMLParser parser = new Factory(limit, author).createParser(ended(document))) {
      return new YamlDocument(parser, author).document();
    } catch (MalformedYamlException e) {
      throw e;
    } catch (StreamConstraintsException e) {
      throw new MalformedYamlException("is nested deeper than %d levels".formatted(DEEPEST));
    } catch (JsonProcessingException e) {
      throw new MalformedYamlException(e.getLocation().getLineNr(), e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("a text is read without I/O", e);
    }
  }

  /// The document with a line break behind its last line: a block scalar keeps that break, also
  /// where the file was cut short of it.
  private static String ended(String document) {
    boolean isEnded = document.substring(document.lastIndexOf('\n') + 1).isBlank();
    return isEnded ? document : document + "\n";
  }

  private Optional<YamlValue> document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return Optional.empty();
    }
    YamlValue root = value(first);
    parser.nextToken(); // refuses what is behind the document
    return Optional.of(root);
  }

  private YamlValue value(JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> mapping();
      case START_ARRAY -> sequence();
      case VALUE_STRING -> new YamlValue.Text(parser.getText());
      case VALUE_NULL -> new YamlValue.Null(parser.getText());
      default -> throw new IllegalStateException("no value can start with " + token);
    };
  }

  private YamlValue mapping() throws IOException {
    List<Field> fields = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      if (!keys.add(key) && author == Author.PROGRAM) {
        throw new MalformedYamlException(
            parser.currentTokenLocation().getLineNr(), "the key " + key + " is there twice");
      }
      fields.add(new Field(key, value(parser.nextToken())));
    }
    return new YamlValue.Mapping(fields);
  }

  private YamlValue sequence() throws IOException {
    List<YamlValue> items = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      items.add(value(t));
    }
    return new YamlValue.Sequence(items);
  }

  /// snakeyaml keeps its limits of nesting, aliases and duplicate keys where it composes nodes,
  /// which Jackson never has it do; so Jackson's own limit, the parser and the mapping above keep
  /// them.
  private static final class Factory extends YAMLFactory {
    private static final long serialVersionUID = 1L;

    private final Author author;

    Factory(int limit, Author author) {
      super(
          builder()
              .loaderOptions(options(limit))
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build()));
      this.author = author;
    }

    private static LoaderOptions options(int limit) {
      LoaderOptions options = new LoaderOptions();
      options.setCodePointLimit(limit + 1); // with the line break that may be added
      return options;
    }

    @Override
    protected YAMLParser _createParser(Reader document, IOContext context) {
      return new SourceParser(
          context, _parserFeatures, _yamlParserFeatures, _loaderOptions, document, author);
    }
  }

  /// Gives scalars as they are written, of which Jackson's parser makes numbers and refuses some,
  /// such as `0_`; and follows aliases, which that parser gives as texts.
  private static final class SourceParser extends YAMLParser {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final Author author;
    private final Map<String, ScalarEvent> anchored = new HashMap<>();
    private boolean isStarted;

    SourceParser(
        IOContext context,
        int parserFeatures,
        int formatFeatures,
        LoaderOptions options,
        Reader document,
        Author author) {
      super(context, parserFeatures, formatFeatures, options, null, document);
      this.author = author;
    }

    @Override
    protected Event getEvent() throws IOException {
      try {
        return checked(super.getEvent());
      } catch (MarkedYAMLException e) {
        throw malformed(e.getProblemMark(), e.getProblem());
      } catch (YAMLException e) {
        throw new MalformedYamlException(String.valueOf(e.getMessage()));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        // The scanner's own, on escapes that its checks let through.
        throw new MalformedYamlException("not well formed");
      }
    }

    private Event checked(Event event) throws MalformedYamlException {
      if (event instanceof DocumentStartEvent) {
        if (isStarted) {
          throw malformed(event.getStartMark(), "a second document");
        }
        isStarted = true;
      }
      return event instanceof NodeEvent node && node.getAnchor() != null ? named(node) : event;
    }

    /// A node with an anchor, or what an alias stands for.
    private Event named(NodeEvent node) throws MalformedYamlException {
      String anchor = node.getAnchor();
      if (author == Author.PROGRAM) {
        throw malformed(node.getStartMark(), "anchors and aliases are not used here");
      }
      return switch (node) {
        case AliasEvent alias -> target(alias);
        case ScalarEvent scalar -> {
          anchored.put(anchor, scalar);
          yield scalar;
        }
        default -> {
          anchored.remove(anchor);
          yield node;
        }
      };
    }

    private ScalarEvent target(AliasEvent alias) throws MalformedYamlException {
      ScalarEvent target = anchored.get(alias.getAnchor());
      if (target == null) {
        throw malformed(
            alias.getStartMark(), "the alias *" + alias.getAnchor() + " stands for no text");
      }
      return target;
    }

    @Override
    protected JsonToken _decodeScalar(ScalarEvent scalar) {
      _textValue = scalar.getValue();
      return isNull(scalar) ? JsonToken.VALUE_NULL : JsonToken.VALUE_STRING;
    }

    private static boolean isNull(ScalarEvent scalar) {
      String tag = scalar.getTag();
      return tag == null
          ? scalar.isPlain() && NULLS.contains(scalar.getValue())
          : tag.equals(Tag.NULL.getValue());
    }

    private static MalformedYamlException malformed(@Nullable Mark mark, String problem) {
      return mark == null
          ? new MalformedYamlException(problem)
          : new MalformedYamlException(mark.getLine() + 1, problem);
    }
  }
}
