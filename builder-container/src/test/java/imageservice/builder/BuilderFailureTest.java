package imageservice.builder;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.Derived;
import imageservice.builder.fetch.MaterialFetcher;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.UnverifiedRefused;
import imageservice.builder.material.GrubKitException;
import imageservice.builder.material.MaterialSource;
import imageservice.builder.material.TestMaterial;
import imageservice.builder.material.UnfitInputException;
import imageservice.builder.oci.PublicTestImages;
import imageservice.builder.overlay.OverlayPrograms;
import imageservice.builder.store.StoreException;
import imageservice.ledger.BuildState;
import imageservice.ledger.FailureKind;
import imageservice.ledger.Stage;
import imageservice.plan.BuildPlan;
import imageservice.plan.Input;
import imageservice.release.Digest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What each failure leaves in the record: whose move it is, where it happened, and one line.
final class BuilderFailureTest extends BuilderFixture {
  @TempDir Path folder = Path.of("unset");

  @Test
  void inputThatCanNeverDo() throws IOException {
    failsFetching(new UnfitInputException("the kernel is a folder\nand more"));
    assertFailed(FailureKind.INPUT, Stage.FETCHING, "the kernel is a folder");
  }

  @Test
  void sourcesThatAreNotTrusted() throws IOException {
    PublicTestImages images = new PublicTestImages();
    Digest image = images.image(Map.of("usr/install/amd64/vmlinuz", "K"));
    try (BlobCache cache = new BlobCache(folder, 1L << 20, now::get)) {
      build(
          new MaterialFetcher(
              new OciImages(images.source(), new UnverifiedRefused(), cache),
              Optional.empty(),
              OverlayPrograms.forbidden(),
              Derived.afresh()),
          new BuildPlan.Kernel(new Input.ImageFile("imager", image, "usr/install/amd64/vmlinuz")));
    }
    assertFailed(
        FailureKind.SOURCE,
        Stage.FETCHING,
        "imager@"
            + image
            + ": its signature is not verified; to use unverified images, start with"
            + " --insecure-sources");
  }

  @Test
  void aKitThatIsMissing() throws IOException {
    Digest kit = Digest.of(new byte[0]);
    build(
        wanted -> {
          throw new GrubKitException("the GRUB kit %s is not here (there is none)".formatted(kit));
        },
        PLAN);
    assertFailed(
        FailureKind.SOURCE,
        Stage.FETCHING,
        "the GRUB kit "
            + kit
            + " is not here (there is none); make it with grub-kit/make-grub-kit");
  }

  @Test
  void aStoreThatRefuses() throws IOException {
    sink.meanwhile(progress -> {
      throw new StoreException("the asset store refuses: full", new IOException("full"));
    });
    build(wanted -> TestMaterial.NONE, PLAN);
    assertFailed(FailureKind.STORAGE, Stage.STORING, "the asset store refuses: full");
  }

  @Test
  void aDiskWithoutRoom() throws IOException {
    failsFetching(new IOException("No space left on device"));
    assertFailed(FailureKind.STORAGE, Stage.FETCHING, "No space left on device");
  }

  @Test
  void filesOfThisMachineAreNotNamed() throws IOException {
    failsFetching(new NoSuchFileException("/var/lib/secret/blob"));
    assertFailed(
        FailureKind.STORAGE,
        Stage.FETCHING,
        "the builder cannot use one of its files: it is missing");
    pass(FailureKind.STORAGE.remembered());
    failsFetching(new FileSystemException("/var/lib/secret/blob", null, "No space left on device"));
    assertFailed(
        FailureKind.STORAGE,
        Stage.FETCHING,
        "the builder cannot use one of its files: No space left on device");
    assertThat(logged()).contains("/var/lib/secret/blob");
    pass(FailureKind.STORAGE.remembered());
    failsFetching(new FileNotFoundException("/var/lib/secret/blob (Permission denied)"));
    assertFailed(
        FailureKind.STORAGE,
        Stage.FETCHING,
        "the builder cannot use one of its files: its log says why");
  }

  @Test
  void whatComesFromOutsideCommandsNoTerminalAndIsCut() throws IOException {
    failsFetching(new IOException("Invalid status line: \"\u001b[2J\u009b31m" + "x".repeat(2000)));
    assertFailed(
        FailureKind.STORAGE,
        Stage.FETCHING,
        "Invalid status line: \"?[2J?31m" + "x".repeat(1500 - 30) + "…");
  }

  @Test
  void aFailureWithoutWords() throws IOException {
    failsFetching(new IOException());
    assertFailed(
        FailureKind.STORAGE, Stage.FETCHING, "an unexpected failure, which the builder's log has");
  }

  @Test
  void defectsKeepTheirWordsToTheLog() throws IOException {
    build(
        wanted -> {
          throw new IllegalStateException("machine secret");
        },
        PLAN);
    assertFailed(
        FailureKind.DEFECT, Stage.FETCHING, "an unexpected failure, which the builder's log has");
    assertThat(logged()).contains("machine secret");
  }

  private void failsFetching(IOException failure) throws IOException {
    build(
        wanted -> {
          throw failure;
        },
        PLAN);
  }

  private void build(MaterialSource source, BuildPlan plan) throws IOException {
    builder(source, NEVER).build(acquired(KEY, plan));
  }

  private void assertFailed(FailureKind kind, Stage stage, String message) throws IOException {
    assertThat(state())
        .isEqualTo(new BuildState.Failed(kind, stage, message, now.get().plus(kind.remembered())));
    assertThat(logged()).contains("\"event\":\"build failure\"");
  }
}
