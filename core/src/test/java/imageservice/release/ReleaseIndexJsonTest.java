package imageservice.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.json.MalformedJsonException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReleaseIndexJsonTest {
  private static final Digest IMAGER = new Digest("sha256:" + "a".repeat(64));
  private static final Digest KIT = new Digest("sha256:" + "b".repeat(64));
  private static final Release OLD = new Release(TalosVersion.of(1, 9, 5), IMAGER);
  private static final Release NEW = new Release(TalosVersion.of(1, 10, 0), IMAGER);
  private static final String TEXT =
      "{\"releases\":[{\"version\":\"v1.9.5\",\"imager\":\"%1$s\"},{\"version\":\"v1.10.0\",\"imager\":\"%1$s\"}],\"grubKit\":\"%2$s\"}"
          .formatted(IMAGER, KIT);

  @Test
  void isWrittenAscendingAndReadBack() throws MalformedJsonException {
    ReleaseIndex index = new ReleaseIndex(List.of(NEW, OLD), Optional.of(KIT));
    assertThat(ReleaseIndexJson.write(index)).isEqualTo(TEXT);
    assertThat(ReleaseIndexJson.read(TEXT)).isEqualTo(index);
    assertThat(index.versions()).containsExactly(OLD.version(), NEW.version());
    assertThat(index.find(OLD.version())).contains(OLD);
    assertThat(index.find(TalosVersion.of(1, 9, 4))).isEmpty();
  }

  @Test
  void anEmptyIndexIsReadBack() throws MalformedJsonException {
    assertThat(ReleaseIndexJson.write(ReleaseIndex.EMPTY)).isEqualTo("{\"releases\":[]}");
    assertThat(ReleaseIndexJson.read("{\"releases\":[]}")).isEqualTo(ReleaseIndex.EMPTY);
  }

  @Test
  void whatIsKnownOfTheSourceIsReadBack() throws MalformedJsonException {
    ReleaseIndex index =
        new ReleaseIndex(
            List.of(NEW, OLD),
            Optional.of(KIT),
            Optional.of(new ReleaseIndex.TagList("\"etag\"", IMAGER)),
            Set.of(NEW.version(), OLD.version()));
    String text =
        TEXT.replace(
            "\"grubKit\":\"%s\"}".formatted(KIT),
            "\"grubKit\":\"%s\",\"tagList\":{\"validator\":\"\\\"etag\\\"\",\"basis\":\"%s\"},\"documented\":[\"v1.9.5\",\"v1.10.0\"]}"
                .formatted(KIT, IMAGER));
    assertThat(ReleaseIndexJson.write(index)).isEqualTo(text);
    assertThat(ReleaseIndexJson.read(text)).isEqualTo(index);
    assertMalformed(text.replace("\"basis\"", "\"base\""), "tagList.basis: missing");
    assertMalformed(
        text.replace("\"documented\":[\"v1.9.5", "\"documented\":[\"x"),
        "version: not a Talos version: x");
  }

  @Test
  void aReleaseThatIsGoneIsNotDocumented() {
    assertThat(
            new ReleaseIndex(List.of(OLD), Optional.empty())
                .withDocumented(Set.of(OLD.version(), NEW.version()))
                .documented())
        .containsExactly(OLD.version());
  }

  @Test
  void twoReleasesOfOneVersionAreNoIndex() {
    assertThatThrownBy(() -> new ReleaseIndex(List.of(OLD, OLD), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two releases of version v1.9.5");
    assertMalformed(TEXT.replace("v1.10.0", "v1.9.5"), "releases: two of version v1.9.5");
  }

  @Test
  void refusesAnythingElse() {
    assertMalformed("{}", "releases: missing");
    assertMalformed(TEXT.replace("v1.9.5", "v1.9"), "version: not a Talos version: v1.9");
    assertMalformed(TEXT.replace(KIT.value(), "x"), "not a digest: x");
    assertMalformed(TEXT.replace("\"imager\"", "\"image\""), "releases[0].imager: missing");
  }

  /// Two versions of the service share the table during a deployment.
  @Test
  void passesOverFieldsOfALaterVersion() throws MalformedJsonException {
    assertThat(ReleaseIndexJson.read(TEXT.replace("{", "{\"x\":1,")))
        .isEqualTo(ReleaseIndexJson.read(TEXT));
  }

  private static void assertMalformed(String text, String message) {
    assertThatThrownBy(() -> ReleaseIndexJson.read(text))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage(message);
  }
}
