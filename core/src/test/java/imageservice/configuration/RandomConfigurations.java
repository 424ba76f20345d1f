package imageservice.configuration;

import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/// Random configurations full of texts that are hard to quote.
final class RandomConfigurations {
  private static final List<String> FRAGMENTS =
      List.of(
          "a",
          "b",
          "y",
          "no",
          "on",
          "0",
          "1",
          "00",
          "0x",
          "0b",
          "_",
          "-",
          "+",
          ".",
          "e5",
          ":",
          ": ",
          " #",
          "#",
          " ",
          "  ",
          "\n",
          "\n\n",
          "\r",
          "\t",
          "\u0085",
          "\u2028",
          "\u2029",
          "\uFEFF",
          "\u00A0",
          "\u3000",
          "\uD83D\uDE00",
          "\u00E9",
          "\u4E2D",
          "\"",
          "'",
          "\\",
          "!",
          "&",
          "*",
          "|",
          ">",
          "{",
          "}",
          "[",
          "]",
          ",",
          "?",
          "? ",
          "- ",
          "---",
          "...",
          "%",
          "@",
          "`",
          "~",
          "null",
          "true",
          "<<",
          "=",
          "2024-01-01",
          "T10:20:30Z",
          "12:30",
          ".inf",
          "\0",
          "\u0001",
          "\u001B",
          "\u007F",
          "99999999999999999999",
          "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk");

  private final Random random;

  /// Whether `overlay.options` hold only what JSON can say.
  private final boolean jsonOnly;

  RandomConfigurations(long seed, boolean jsonOnly) {
    this.random = new Random(seed);
    this.jsonOnly = jsonOnly;
  }

  Configuration next() {
    return new Configuration(text(), new Overlay(text(), text(), options()), customization());
  }

  private Customization customization() {
    return new Customization(
        text(),
        list(this::text),
        list(() -> new MetaValue(random.nextInt(256), text())),
        list(this::text),
        random.nextBoolean() ? null : pick(List.of(Bootloader.values())),
        new SecureBootOptions(text(), random.nextBoolean()),
        new DiskImageOptions(random.nextBoolean() ? 0 : random.nextLong()));
  }

  String text() {
    var text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(pick(FRAGMENTS));
    }
    return text.toString();
  }

  private OptionValue.Mapping options() {
    return mapping(3, () -> new OptionValue.Text(text()));
  }

  private OptionValue.Mapping mapping(int depth, Supplier<OptionValue.Scalar> key) {
    Map<String, OptionValue.Scalar> keys = new LinkedHashMap<>();
    list(key).forEach(each -> keys.put(ScalarText.of(each), each));
    Map<OptionValue.Scalar, OptionValue> entries = new LinkedHashMap<>();
    keys.values().forEach(each -> entries.put(each, value(depth - 1)));
    return OptionValue.Mapping.of(entries);
  }

  private OptionValue value(int depth) {
    return switch (depth == 0 ? 2 : random.nextInt(4)) {
      case 0 -> mapping(depth, jsonOnly ? () -> new OptionValue.Text(text()) : this::scalar);
      case 1 -> new OptionValue.Sequence(list(() -> value(depth - 1)));
      default -> scalar();
    };
  }

  private OptionValue.Scalar scalar() {
    return switch (random.nextInt(jsonOnly ? 6 : 8)) {
      case 0 -> new OptionValue.Null();
      case 1 -> new OptionValue.Bool(random.nextBoolean());
      case 2 -> new OptionValue.Whole(BigInteger.valueOf(random.nextLong() >> random.nextInt(64)));
      case 3 -> finite();
      case 4, 5 -> new OptionValue.Text(text());
      case 6 -> OptionValue.number(pick(List.of(Double.NaN, Double.POSITIVE_INFINITY)));
      default -> new OptionValue.Timestamp(timestamp());
    };
  }

  /// Never -0.0, which is written like the integer.
  private OptionValue.Scalar finite() {
    double value = Double.longBitsToDouble(random.nextLong());
    return OptionValue.number(Double.isFinite(value) ? value : random.nextInt(10_000) / 100.0);
  }

  private TimestampText timestamp() {
    LocalDateTime date = LocalDateTime.of(random.nextInt(10_000), 1, 1, 0, 0);
    long nanos = random.nextBoolean() ? 0 : random.nextInt(1_000_000_000);
    return new TimestampText(
        date.plusSeconds(random.nextInt(31_000_000)).plusNanos(nanos),
        random.nextBoolean() ? 0 : random.nextInt(2_000) - 1_000);
  }

  private <T> List<T> list(Supplier<T> item) {
    var items = new ArrayList<T>();
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(item.get());
    }
    return items;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
