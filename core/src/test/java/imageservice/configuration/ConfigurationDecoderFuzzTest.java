package imageservice.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is sent: a configuration that every dialect can write, or a refusal of one line.
final class ConfigurationDecoderFuzzTest {
  private static final long SEED = 20_260_801;
  private static final int ROUNDS = 10_000;

  /// Pieces that scanners treat specially.
  private static final List<String> SYNTAX =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ": ",
          "? ",
          "- ",
          "\n",
          "\n  ",
          "\t",
          "\"",
          "'",
          "&a ",
          "*a",
          "<<",
          "!!int ",
          "!<x> ",
          "!",
          "%YAML 1.1\n",
          "%TAG ! x\n",
          "---\n",
          "...\n",
          "|2\n",
          ">+\n",
          "#",
          "\\u",
          "\\xZ",
          "\u0000",
          "\u0085",
          "\u2028",
          "\uFEFF",
          "customization",
          "overlay",
          "options",
          "meta",
          "key",
          "1e999999999",
          "0x",
          "2024-02-30",
          "-0",
          "@",
          "`");

  private final ConfigurationDecoder decoder = new ConfigurationDecoder(true);

  private void decode(byte[] body) {
    try {
      Configuration configuration = decoder.decode(body);
      for (Dialect dialect : Dialect.values()) {
        assertThat(CanonicalText.write(configuration, dialect)).contains("customization:");
      }
      assertThat(ConfigurationJson.write(configuration)).startsWith("{");
    } catch (InvalidConfigurationException refusal) {
      assertThat(refusal.line()).isNotEmpty().doesNotContain("\n", "\r", "\u0000");
    }
  }

  @Test
  void survivesChangedDocuments() {
    List<byte[]> corpus =
        Stream.of("documents", "options")
            .flatMap(section -> Vectors.section(section).stream())
            .map(vector -> Vectors.bytes(vector, "document"))
            .filter(document -> document.length > 0)
            .toList();
    var random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] body = changed(corpus.get(random.nextInt(corpus.size())), random);
      try {
        decode(body);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            "seed %d, round %d: %s".formatted(SEED, round, new String(body, UTF_8)), e);
      }
    }
  }

  private static byte[] changed(byte[] document, Random random) {
    byte[] body = document;
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(body.length + 1);
      body =
          switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(body, at);
            case 1 -> join(body, at, at, new byte[] {(byte) random.nextInt()});
            case 2 -> join(body, at, Math.min(body.length, at + 3), new byte[0]);
            default ->
                join(body, at, at, SYNTAX.get(random.nextInt(SYNTAX.size())).getBytes(UTF_8));
          };
    }
    return body;
  }

  private static byte[] join(byte[] body, int end, int start, byte[] between) {
    byte[] joined = Arrays.copyOf(body, end + between.length + body.length - start);
    System.arraycopy(between, 0, joined, end, between.length);
    System.arraycopy(body, start, joined, end + between.length, body.length - start);
    return joined;
  }

  static Stream<String> hostile() {
    int mebibyte = 1 << 20;
    return Stream.of(
        "[".repeat(mebibyte),
        "{".repeat(mebibyte),
        "{\"a\":".repeat(mebibyte / 5),
        "- ".repeat(mebibyte / 2),
        "? ".repeat(mebibyte / 2),
        "a: &a [" + "*a,".repeat(300_000) + "]",
        "a: &a [x]\nb: [" + "*a,".repeat(9_000) + "]",
        "customization: {<<: [" + "{},".repeat(9_000) + "]}",
        "overlay: {options: {" + "a: 1, ".repeat(100_000) + "}}",
        "overlay: {options: {a: " + "9".repeat(900_000) + "}}",
        "overlay: {options: {a: 0x" + "f".repeat(900_000) + "}}",
        "overlay: {options: {a: 1" + "_".repeat(900_000) + "}}",
        "customization: {extraKernelArgs: [12" + ":30".repeat(300_000) + "]}",
        "customization: {extraKernelArgs: [\"" + "\\u2028 ".repeat(100_000) + "\"]}",
        "customization: {extraKernelArgs: ['" + " ".repeat(1_000_000) + "']}",
        "customization: {extraKernelArgs: ['" + "\u2028".repeat(300_000) + "']}",
        "\"" + "\\".repeat(1_000_001),
        "#".repeat(mebibyte),
        "&".repeat(mebibyte),
        "!".repeat(mebibyte),
        "x".repeat(2 * mebibyte),
        "\uD83D\uDE00".repeat(200_000),
        "%".repeat(mebibyte),
        "a\n".repeat(mebibyte / 2));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void survivesHostileDocuments(String document) {
    decode(document.getBytes(UTF_8));
  }
}
