package imageservice.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads nodes as the types of fields (docs/configuration.md 1.3, scalars into typed fields). What
/// does not fit goes to the problems, and an empty value stands in.
final class TypedNodes {
  private static final Set<String> OLD_TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON");
  private static final Set<String> OLD_FALSE =
      Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF");
  private static final Set<String> RESOLVED_TAGS =
      Set.of("!!null", "!!bool", "!!int", "!!float", "!!timestamp");

  private final Problems problems;

  TypedNodes(Problems problems) {
    this.problems = problems;
  }

  boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar
        && resolve(scalar).value() instanceof OptionValue.Null;
  }

  String text(Node node) {
    if (isNull(node)) {
      return "";
    }
    if (!(node instanceof Node.Scalar scalar)) {
      problems.wrongType(node, tag(node), "string");
      return "";
    }
    return resolve(scalar).value() instanceof OptionValue.Text(String text) ? text : scalar.text();
  }

  <T> List<T> list(Node node, String type, Function<Node, T> item) {
    if (node instanceof Node.Sequence(var _, var items)) {
      return items.stream().filter(each -> !isNull(each)).map(item).toList();
    }
    if (!isNull(node)) {
      problems.wrongType(node, tag(node), type);
    }
    return List.of();
  }

  /// A number from 0 to `max`.
  BigInteger number(Node node, BigInteger max, String type) {
    if (isNull(node)) {
      return BigInteger.ZERO;
    }
    Optional<BigInteger> number =
        integer(node).filter(value -> value.signum() >= 0 && value.compareTo(max) <= 0);
    if (number.isEmpty()) {
      problems.wrongType(node, tag(node), type);
    }
    return number.orElse(BigInteger.ZERO);
  }

  private Optional<BigInteger> integer(Node node) {
    if (!(node instanceof Node.Scalar scalar)) {
      return Optional.empty();
    }
    return switch (resolve(scalar).value()) {
      case OptionValue.Whole(var value) -> Optional.of(value);
      case OptionValue.MinusZero _ -> Optional.of(BigInteger.ZERO);
      case OptionValue.Real(double value) -> integral(value);
      case OptionValue.Null _, OptionValue.Bool _, OptionValue.Timestamp _, OptionValue.Text _ ->
          Optional.empty();
    };
  }

  private static Optional<BigInteger> integral(double value) {
    return Double.isFinite(value) && Math.rint(value) == value
        ? Optional.of(new BigDecimal(value).toBigInteger())
        : Optional.empty();
  }

  boolean bool(Node node) {
    if (node instanceof Node.Scalar scalar) {
      switch (resolve(scalar).value()) {
        case OptionValue.Null _ -> {
          return false;
        }
        case OptionValue.Bool(boolean value) -> {
          return value;
        }
        case OptionValue.Text(String text) when OLD_TRUE.contains(text) -> {
          return true;
        }
        case OptionValue.Text(String text) when OLD_FALSE.contains(text) -> {
          return false;
        }
        case OptionValue.Scalar _ -> {}
      }
    }
    problems.wrongType(node, tag(node), "bool");
    return false;
  }

  /// The boot loader, or null where the document leaves the choice to the release: `none`, and
  /// `auto`, which the peer service documents and refuses.
  @Nullable Bootloader bootloader(Node node) {
    if (isNull(node)) {
      return null;
    }
    if (!(node instanceof Node.Scalar scalar)) {
      problems.wrongType(node, tag(node), "imageropts.BootloaderKind (TextUnmarshaler)");
      return null;
    }
    String text = text(scalar);
    Optional<Bootloader> bootloader = Bootloader.parse(text);
    if (bootloader.isEmpty() && !Set.of("none", "auto").contains(text.toLowerCase(Locale.ROOT))) {
      problems.add(node, Problems.name(text) + " does not belong to BootloaderKind values");
    }
    return bootloader.orElse(null);
  }

  /// The type of a node as refusals name it.
  String tag(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> resolve(scalar).tag();
      case Node.Sequence _ -> "!!seq";
      case Node.Mapping _ -> "!!map";
    };
  }

  /// Application tags mean nothing here and make a scalar a text; core tags are honoured.
  PlainScalar resolve(Node.Scalar node) {
    if (node.tag().isEmpty()) {
      return node.isPlain() ? PlainScalar.resolve(node.text()) : PlainScalar.text(node.text());
    }
    if (RESOLVED_TAGS.contains(node.tag())) {
      return tagged(node);
    }
    return node.tag().equals("!!binary") ? binary(node) : PlainScalar.text(node.text());
  }

  private PlainScalar tagged(Node.Scalar node) {
    PlainScalar resolved = PlainScalar.resolve(node.text());
    boolean fits =
        resolved.tag().equals(node.tag())
            || (node.tag().equals("!!float") && resolved.tag().equals("!!int"));
    if (!fits) {
      problems.wrongTag(node, resolved.tag());
    }
    return resolved;
  }

  private PlainScalar binary(Node.Scalar node) {
    try {
      byte[] bytes = Base64.getDecoder().decode(node.text().replaceAll("[ \r\n]", ""));
      return PlainScalar.text(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (IllegalArgumentException notBase64) {
      problems.add(node, "!!binary value contains invalid base64 data");
    } catch (CharacterCodingException notText) {
      problems.add(node, "!!binary value is not UTF-8");
    }
    return PlainScalar.text("");
  }
}
