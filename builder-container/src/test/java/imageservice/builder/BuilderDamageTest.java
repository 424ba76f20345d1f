package imageservice.builder;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.assemble.Assembler;
import imageservice.builder.assemble.Tools;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.Derived;
import imageservice.builder.fetch.MaterialFetcher;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.UnverifiedAdmitted;
import imageservice.builder.material.MaterialSource;
import imageservice.builder.oci.PublicTestImages;
import imageservice.builder.overlay.OverlayPrograms;
import imageservice.builder.store.AssetSink;
import imageservice.formats.blob.Blob;
import imageservice.ledger.BuildState;
import imageservice.ledger.FailureKind;
import imageservice.ledger.Stage;
import imageservice.ledger.StoredObject;
import imageservice.plan.BuildPlan;
import imageservice.plan.Input;
import imageservice.release.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A bit of the cached kernel flips while the kernel is built into an asset.
final class BuilderDamageTest extends BuilderFixture {
  private static final int LENGTH = 300_000;
  private static final int PART = 100_000;
  private static final String KERNEL = kernel();
  private static final byte[] BYTES = KERNEL.getBytes(StandardCharsets.ISO_8859_1);
  private static final Digest DIGEST = Digest.of(BYTES);

  /// Reads content in parts that cut its blocks, as multipart uploads do, and does something first.
  private final class PartSink implements AssetSink {
    private final ByteArrayOutputStream stored = new ByteArrayOutputStream();
    private int damages;
    private int begun;
    private int completed;

    @Override
    public StoredObject put(Target target, Blob content, Progress progress) throws IOException {
      begun++;
      if (begun <= damages) {
        flip();
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (long at = 0; at < content.length(); at += PART) {
        try (InputStream part = content.open(at, Math.min(PART, content.length() - at))) {
          part.transferTo(all);
        }
      }
      completed++;
      all.writeTo(stored);
      return new StoredObject(all.size(), Digest.of(all.toByteArray()));
    }

    @Override
    public boolean has(String key, long size) {
      return false;
    }

    @Override
    public boolean copy(String from, long size, Target to) {
      return false;
    }
  }

  @TempDir Path folder = Path.of("unset");

  private final PublicTestImages images = new PublicTestImages();
  private final PartSink parts = new PartSink();
  private int flipped;

  @ParameterizedTest
  @ValueSource(ints = {0, 65_535, 65_536, PART - 1, PART, 262_144, LENGTH - 1})
  void isFetchedAgainWithinTheOrder(int position) throws IOException {
    flipped = position;
    parts.damages = 1;
    build();
    assertThat(state()).isInstanceOf(BuildState.Ready.class);
    assertThat(((BuildState.Ready) state()).product().asset())
        .isEqualTo(new StoredObject(LENGTH, DIGEST));
    assertThat(parts.stored.toByteArray()).isEqualTo(BYTES);
    assertThat(parts.begun).isEqualTo(2);
    assertThat(parts.completed).isEqualTo(1);
    assertThat(images.blobsAsked()).isEqualTo(2);
    assertThat(logged().lines())
        .satisfiesExactly(
            first -> assertThat(first).contains("\"event\":\"damaged blob\"", DIGEST.value()),
            second -> assertThat(second).contains("\"event\":\"build\""));
  }

  @Test
  void failsOnceItIsDamagedAgain() throws IOException {
    parts.damages = 2;
    build();
    assertThat(state())
        .isEqualTo(
            new BuildState.Failed(
                FailureKind.SOURCE,
                Stage.STORING,
                "cached blob %s: bytes 0 to 65535 are damaged; the next attempt fetches it again"
                    .formatted(DIGEST),
                BEGIN.plus(FailureKind.SOURCE.remembered())));
    assertThat(parts.completed).isZero();
    pass(FailureKind.SOURCE.remembered());
    build();
    assertThat(state()).isInstanceOf(BuildState.Ready.class);
    assertThat(parts.stored.toByteArray()).isEqualTo(BYTES);
  }

  private void build() throws IOException {
    String path = "usr/install/amd64/vmlinuz";
    Digest image = images.image(Map.of(path, KERNEL));
    try (BlobCache cache = new BlobCache(folder, 1L << 20, now::get)) {
      builder(source(cache))
          .build(acquired(KEY, new BuildPlan.Kernel(new Input.ImageFile("imager", image, path))));
    }
  }

  private Builder builder(MaterialSource source) {
    return new Builder(
        ledger,
        plans,
        source,
        new Assembler(new Tools(Derived.afresh())),
        parts,
        now::get,
        BuildLog.json(new PrintStream(log, true, StandardCharsets.UTF_8)),
        NEVER);
  }

  private MaterialSource source(BlobCache cache) {
    return new MaterialFetcher(
        new OciImages(images.source(), new UnverifiedAdmitted(), cache),
        Optional.empty(),
        OverlayPrograms.forbidden(),
        Derived.afresh());
  }

  private void flip() throws IOException {
    Path file =
        folder.resolve("sha256").resolve(DIGEST.hex().substring(0, 2)).resolve(DIGEST.hex());
    byte[] content = Files.readAllBytes(file);
    content[flipped] ^= 0x10;
    Files.write(file, content);
  }

  /// Random text.
  private static String kernel() {
    StringBuilder text = new StringBuilder();
    new Random(300).ints(LENGTH, 'a', 'z' + 1).forEach(text::appendCodePoint);
    return text.toString();
  }
}
