package imageservice.builder.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imageservice.builder.Mutations;
import imageservice.builder.yaml.YamlDocument.Author;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a document holds, only {@link MalformedYamlException} escapes, with one line.
final class YamlDocumentFuzzTest {
  private static final int LIMIT = 1 << 16;
  private static final long SEED = 20261124L;
  private static final String SEEDLING =
      "a: [1, 'two', \"x\\u0041\"]\n? |\n  b\n: {c: !!str d, e: &f ~}\ng: *f\n# h\ni: >-\n  j\n";
  private static final String SYNTAX = "\t\n \"'[]{}&*!|>%@`:?-,#\\~\0\ufeff\u0085";

  @FuzzTest
  void onlyMalformedYamlEscapes(byte[] document) {
    for (Author author : Author.values()) {
      isRead(document, author);
      isRead(new String(document, StandardCharsets.ISO_8859_1), author);
    }
  }

  @Test
  void survivesChangedDocuments() {
    System.out.println("yaml fuzz: seed " + SEED);
    Random random = new Random(SEED);
    Mutations mutations = new Mutations(SEED);
    int read = 0;
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(SEEDLING);
      for (int i = random.nextInt(5); i > 0; i--) {
        text.setCharAt(
            random.nextInt(text.length()), SYNTAX.charAt(random.nextInt(SYNTAX.length())));
      }
      byte[] changed = mutations.mutated(text.toString());
      if (isRead(changed, Author.PERSON)) {
        read++;
      } else {
        refused++;
      }
      isRead(changed, Author.PROGRAM);
    }
    assertThat(read).as("seed %d", SEED).isPositive();
    assertThat(refused).as("seed %d", SEED).isPositive();
  }

  private static boolean isRead(byte[] document, Author author) {
    try {
      YamlDocument.read(document, LIMIT, author);
      return true;
    } catch (MalformedYamlException e) {
      assertThat(e.getMessage()).hasLineCount(1);
      return false;
    }
  }

  private static void isRead(String document, Author author) {
    try {
      YamlDocument.read(document, LIMIT, author);
    } catch (MalformedYamlException e) {
      assertThat(e.getMessage()).hasLineCount(1);
    }
  }
}
