package imageservice.infra.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageNameTest {
  private static final String DIGEST = "sha256:" + "0".repeat(64);

  @Test
  void isReadWithATagOrADigest() {
    ImageName tagged = ImageName.parse("127.0.0.1:5000/lambda/java:25");
    assertThat(tagged).isEqualTo(new ImageName("127.0.0.1:5000", "lambda/java", "25"));
    assertThat(tagged.isPinned()).isFalse();
    assertThat(tagged.pinned(DIGEST)).hasToString("127.0.0.1:5000/lambda/java@" + DIGEST);
    assertThat(ImageName.parse("r.example/a@" + DIGEST).isPinned()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"java:25", "127.0.0.1:5000/java", "r.example/java"})
  void refusesWhatNamesNoImage(String text) {
    assertThatThrownBy(() -> ImageName.parse(text)).hasMessage("not the name of an image: " + text);
  }
}
