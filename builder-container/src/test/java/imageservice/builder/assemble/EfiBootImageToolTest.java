package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("tool")
final class EfiBootImageToolTest {
  @TempDir Path folder = Path.of("unset");

  @Test
  void isAFloppyWithBothLoaders() throws IOException {
    Path image = Medium.write(EfiBootImage.of(Plans.KIT), folder.resolve("efi.img"));
    assertThat(Files.size(image)).isEqualTo(5760 * 512);
    Judge.named("fsck.fat").run("-n", "-v", image.toString()).accepted();
    assertThat(
            Judge.named("mdir")
                .run("-b", "-/", "-i", image.toString(), "::")
                .accepted()
                .output()
                .lines())
        .containsExactlyInAnyOrder(
            "::/efi/", "::/efi/boot/", "::/efi/boot/bootaa64.efi", "::/efi/boot/bootx64.efi");
    for (String loader : new String[] {"bootx64.efi", "bootaa64.efi"}) {
      Path copy = folder.resolve(loader);
      Judge.named("mcopy")
          .run("-i", image.toString(), "::/efi/boot/" + loader, copy.toString())
          .accepted();
      assertThat(Files.readAllBytes(copy))
          .isEqualTo(Objects.requireNonNull(Plans.KIT.files().get(loader)).bytes(10_000));
    }
  }
}
