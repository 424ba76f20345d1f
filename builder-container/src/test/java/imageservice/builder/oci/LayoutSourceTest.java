package imageservice.builder.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LayoutSourceTest {
  @Nested
  final class FolderOfLayouts extends ImageSourceContract {
    @TempDir private Path folder = Path.of("unset");

    @Override
    ImageSource source(TestImages images) throws IOException {
      images.writeLayout(folder.resolve("imager"), "");
      return new LayoutSource(folder);
    }

    @Override
    void replace(Digest digest, byte[] content) throws IOException {
      Files.write(folder.resolve("imager/blobs/sha256").resolve(digest.hex()), content);
    }
  }

  @Nested
  final class OneLayout extends ImageSourceContract {
    @TempDir private Path folder = Path.of("unset");

    @Override
    ImageSource source(TestImages images) throws IOException {
      images.writeLayout(folder, "imager:");
      return new LayoutSource(folder);
    }

    @Override
    void replace(Digest digest, byte[] content) throws IOException {
      Files.write(folder.resolve("blobs/sha256").resolve(digest.hex()), content);
    }

    @Override
    @Test
    void refusesARepositoryThatIsNotThere() throws IOException {
      ImageSource source = source(TestImages.small());
      assertThatThrownBy(() -> source.tags("nothing", Optional.empty()))
          .isInstanceOf(SourceException.NotFound.class)
          .hasMessageStartingWith("nothing: ");
      assertThatThrownBy(() -> source.resolve("nothing", "v1"))
          .isInstanceOf(SourceException.NotFound.class);
    }
  }

  @Test
  void refusesATagOfTwoImages(@TempDir Path folder) throws IOException {
    TestImages images = TestImages.small();
    images.writeLayout(folder.resolve("imager"), "");
    Path index = folder.resolve("imager/index.json");
    String entry =
        "{\"digest\":\"sha256:%s\",\"size\":1,\"annotations\":{\"org.opencontainers.image.ref.name\":\"v1\"}}";
    Files.writeString(
        index,
        "{\"manifests\":["
            + entry.formatted("a".repeat(64))
            + ","
            + entry.formatted("b".repeat(64))
            + "]}");
    assertThatThrownBy(() -> new LayoutSource(folder).resolve("imager", "v1"))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessage(
            "imager: the tag v1 is two images; the source or what was pushed to it is broken");
  }

  @Test
  void refusesALayoutOfAnotherVersion(@TempDir Path folder) throws IOException {
    TestImages.small().writeLayout(folder.resolve("imager"), "");
    Files.writeString(folder.resolve("imager/oci-layout"), "{\"imageLayoutVersion\":\"2.0.0\"}");
    assertThatThrownBy(() -> new LayoutSource(folder).tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageContaining("image layout version 2.0.0, expected 1.0.0");
  }

  @Test
  void saysOfWhichRepositoryThereIsNoLayout(@TempDir Path folder) {
    assertThatThrownBy(() -> new LayoutSource(folder).tags("imager", Optional.empty()))
        .hasMessage(
            "imager: there is no OCI image layout of it; check the version and the folder of image layouts");
    assertThat(folder).isEmptyDirectory();
  }
}
