package imageservice.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttachmentTagTest {
  private static final String HEX = "0123456789abcdef".repeat(4);
  private static final String IMAGE =
      "g1a2b3c4d/v2/metal-installer/" + "a".repeat(64) + "/manifests/v1.9.5";

  @Test
  void tagsAreMadeOfTheIndexsDigest() {
    Digest digest = new Digest("sha256:" + HEX);
    assertThat(AttachmentTag.parse("sha256-" + HEX + ".sig"))
        .contains(new AttachmentTag(digest, AttachmentTag.Kind.SIGNATURE));
    assertThat(AttachmentTag.parse("sha256-" + HEX))
        .contains(new AttachmentTag(digest, AttachmentTag.Kind.REFERRERS));
    for (AttachmentTag.Kind kind : AttachmentTag.Kind.values()) {
      AttachmentTag tag = new AttachmentTag(digest, kind);
      assertThat(AttachmentTag.parse(tag.toString())).contains(tag);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1.9.5",
        "latest",
        "sha256-",
        "sha256-01",
        "sha512-HEX",
        "sha256-HEX.att",
        "sha256-HEX.sig.sig",
        "sha256-HEX0",
        "xsha256-HEX"
      })
  void everyOtherTagIsNone(String text) {
    assertThat(AttachmentTag.parse(text.replace("HEX", HEX))).isEmpty();
  }

  @Test
  void whatBelongsToAnImageLiesBesideIt() {
    AssetAddress image = AssetAddress.parse(IMAGE).orElseThrow();
    AttachmentTag tag = AttachmentTag.parse("sha256-" + HEX + ".sig").orElseThrow();
    assertThat(AttachmentAddress.of(image, tag))
        .hasToString(IMAGE.replace("v1.9.5", "sha256-" + HEX + ".sig"));
    AssetAddress talosctl =
        AssetAddress.parse("g1a2b3c4d/talosctl/v1.9.5/talosctl-linux-amd64").orElseThrow();
    assertThatThrownBy(() -> AttachmentAddress.of(talosctl, tag))
        .hasMessage("no image: " + talosctl);
  }
}
