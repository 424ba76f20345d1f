package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.AttachmentTag;
import imageservice.asset.Platform;
import imageservice.builder.cache.Derived;
import imageservice.builder.extension.ExtensionFixture;
import imageservice.builder.sign.Keys;
import imageservice.builder.sign.PemSigner;
import imageservice.builder.sign.Signer;
import imageservice.builder.sign.SigningException;
import imageservice.plan.BuildPlan;
import imageservice.plan.Signing;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// An installer's image and what is signed of it.
final class SignedIndexTest extends ExtensionFixture {
  private static final int LARGEST = 64 << 20;
  private static final String VERSION = "v1.9.5";
  private static final PemSigner SIGNER = PemSigner.of(Keys.ED25519);

  private final BuildPlan.InstallerImage unsigned = Plans.image(VERSION, "empty", Platform.METAL);
  private final BuildPlan.InstallerImage signed =
      new BuildPlan.InstallerImage(
          unsigned.contents(), Optional.of(new Signing(SIGNER.key().id(), "a.example/b")));

  @Test
  void theSignaturesOfAnIndexAreContentsAndFoundByItsDigest() throws IOException {
    Product image = assemble(signed, Optional.of(SIGNER));
    Digest index = Digest.of(image.asset().bytes(LARGEST));
    assertThat(image.attachments())
        .extracting(Product.Attachment::tag)
        .containsExactly(
            new AttachmentTag(index, AttachmentTag.Kind.SIGNATURE),
            new AttachmentTag(index, AttachmentTag.Kind.REFERRERS));
    List<Digest> contents = image.contents().stream().map(Product.Content::digest).toList();
    assertThat(contents)
        .doesNotHaveDuplicates()
        .containsAll(image.attachments().stream().map(each -> each.content().digest()).toList());
    for (Product.Content content : image.contents()) {
      assertThat(Digest.of(content.blob().bytes(LARGEST))).isEqualTo(content.digest());
    }
  }

  @Test
  void theImageItselfStaysWhatItIs() throws IOException {
    Product plain = assemble(unsigned, Optional.of(SIGNER));
    Product image = assemble(signed, Optional.of(SIGNER));
    assertThat(plain.attachments()).isEmpty();
    assertThat(image.asset().bytes(LARGEST)).isEqualTo(plain.asset().bytes(LARGEST));
    assertThat(image.contents())
        .extracting(Product.Content::digest)
        .containsAll(plain.contents().stream().map(Product.Content::digest).toList())
        .hasSize(plain.contents().size() + 7);
  }

  @Test
  void aBuilderWithoutTheKeySaysSo() {
    assertThatThrownBy(() -> assemble(signed, Optional.empty()))
        .isInstanceOf(SigningException.class)
        .hasMessage(
            "the builder has no signing key, and the image is to be signed by %s: give it the key"
                .formatted(SIGNER.key().id()));
  }

  private Product assemble(BuildPlan plan, Optional<Signer> signer) throws IOException {
    return new Assembler(new Tools(Derived.afresh(), signer))
        .assemble(plan, InstallerStock.material(cache, plan, VERSION));
  }
}
