package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.Architecture;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.Derived;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.material.UnfitInputException;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.MemorySource;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.TestImages;
import imageservice.builder.overlay.OverlayPrograms;
import imageservice.ledger.InputAdmission;
import imageservice.plan.Input;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an extension's image must be before anybody looks at what it holds.
final class ExtensionImagesTest {
  @TempDir Path folder = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // before each test
  private BlobCache cache;

  private final TestImages images = new TestImages();

  @BeforeEach
  void open() throws IOException {
    cache = new BlobCache(folder, 1L << 30, () -> Instant.EPOCH);
  }

  @AfterEach
  void close() throws IOException {
    cache.close();
  }

  @Test
  void hasEveryEntryOfItsRoot() throws IOException {
    Map<String, String> label = Map.of("SCHILY.xattr.security.selinux", "system_u:object_r:bin_t");
    TestImages.Layer layer =
        plain()
            .file("rootfs/bin/a", 0755, new byte[] {1}, label)
            .hardLink("rootfs/bin/b", "rootfs/bin/a")
            .symlink("rootfs/c", "bin/a");
    SortedMap<String, TreeEntry> entries = fetch(images.manifest("amd64", images.layer(layer)));
    assertThat(entries.keySet())
        .containsExactly(
            "manifest.yaml", "rootfs", "rootfs/bin", "rootfs/bin/a", "rootfs/bin/b", "rootfs/c");
    assertThat(entries.get("rootfs/bin/a"))
        .isEqualTo(entries.get("rootfs/bin/b"))
        .extracting(TreeEntry::selinux)
        .isEqualTo("system_u:object_r:bin_t");
  }

  @Test
  void isRefusedWhereThereIsNoneForTheArchitecture() throws IOException {
    Descriptor arm = images.manifest("arm64", images.layer(plain()));
    Descriptor index = images.index(Map.of("arm64", arm));
    assertUnfit(index, "has no amd64 build");
  }

  @Test
  void isRefusedWhereItsLayersLeadOutOfIt() throws IOException {
    assertUnfit(
        plain().file("../etc/passwd", ""), "a path that leads out of the image: ../etc/passwd");
    assertUnfit(
        plain().file("rootfs/../../etc/passwd", ""),
        "a path that leads out of the image: rootfs/../../etc/passwd");
    assertUnfit(plain().file("/etc/passwd", ""), "a path that leads out of the image: /etc/passwd");
    assertUnfit(
        plain().hardLink("rootfs/a", "../../etc/passwd"),
        "a path that leads out of the image: ../../etc/passwd");
    assertUnfit(
        plain().hardLink("rootfs/a", "etc/passwd"),
        "rootfs/a is a hard link to etc/passwd, which is no file");
  }

  @Test
  void isRefusedWhereItHasDevices() throws IOException {
    assertUnfit(
        plain().special("rootfs/dev/null", TarConstants.LF_CHR, ""),
        "rootfs/dev/null is a device, which is never made");
    assertUnfit(
        plain().special("rootfs/dev/sda", TarConstants.LF_BLK, ""),
        "rootfs/dev/sda is a device, which is never made");
    assertUnfit(
        plain().special("rootfs/pipe", TarConstants.LF_FIFO, ""),
        "rootfs/pipe is a pipe, which is never made");
  }

  @Test
  void isRefusedWhereItsLayerIsNone() throws IOException {
    Descriptor garbage = images.blob(TestImages.GZIP_LAYER, new byte[] {0x1F, (byte) 0x8B, 8, 9});
    assertUnfit(images.manifest("amd64", garbage), "a layer that cannot be expanded");
    byte[] whole = TestImages.gzip(plain().file("rootfs/a", "x".repeat(9000)).tar());
    Descriptor half = images.blob(TestImages.GZIP_LAYER, Arrays.copyOf(whole, whole.length / 2));
    assertUnfit(images.manifest("amd64", half), "a layer that breaks off or cannot be expanded");
    assertUnfit(
        images.manifest("amd64", images.blob("application/x-rpm", new byte[10])),
        "a layer of an unknown type: application/x-rpm");
  }

  @Test
  void isRefusedWhereItExpandsForEver() throws IOException {
    byte[] zeros = new byte[80 << 20];
    assertUnfit(
        plain().file("rootfs/zeros", 0644, zeros, Map.of()),
        "expands to more than 200 times its size");
  }

  /// One of a catalogue of the operator's is asked for there, and nowhere else.
  @Test
  void comesFromTheCatalogueThatHasIt() throws IOException {
    TestImages others = new TestImages();
    Descriptor image = others.manifest("amd64", others.layer(plain().file("rootfs/own", "")));
    MemorySource source = new MemorySource(images);
    OciImages official = new OciImages(source, new UnverifiedAdmitted(), cache);
    ImageSources sources =
        new ImageSources(
            official,
            List.of(
                new OwnCatalogue(
                    "r.example/other/", official.beside(source, new UnverifiedAdmitted())),
                new OwnCatalogue(
                    "r.example/my-org/",
                    official.beside(new MemorySource(others), new UnverifiedAdmitted()))));
    MaterialFetcher fetcher =
        new MaterialFetcher(
            sources, Optional.empty(), OverlayPrograms.forbidden(), Derived.afresh());
    Input.ExtensionImage input = own("r.example/my-org/mini", image);
    assertThat(fetcher.fetch(List.of(input), Optional.empty(), Optional.empty()).extension(input))
        .containsKey("rootfs/own");
    assertThat(source.asked()).isEmpty();
    Input.ExtensionImage gone = own("r.example/gone/mini", image);
    assertThatThrownBy(() -> fetcher.fetch(List.of(gone), Optional.empty(), Optional.empty()))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage(
            "extension \"my-org/mini\" is in r.example/gone/mini, which is below no catalogue of"
                + " this service any more");
  }

  @Test
  void isToldWithThePolicyThatAdmittedIt() throws IOException {
    Descriptor image = images.manifest("amd64", images.layer(plain().file("rootfs/own", "")));
    MemorySource source = new MemorySource(images);
    OciImages official = new OciImages(source, new Named("official"), cache);
    OwnCatalogue catalogue =
        new OwnCatalogue("r.example/my-org/", official.beside(source, new Named("own")));
    InputAdmissions admissions =
        new InputAdmissions(new ImageSources(official, List.of(catalogue)));
    Input.ExtensionImage plain =
        new Input.ExtensionImage("siderolabs/mini", image.digest(), Architecture.AMD64);
    Input.ImageFile kernel =
        new Input.ImageFile("imager", image.digest(), "usr/install/amd64/vmlinuz");
    assertThat(admissions.of(List.of(own("r.example/my-org/mini", image), plain, kernel, kernel)))
        .containsExactly(
            new InputAdmission(
                "official",
                List.of("imager@" + image.digest(), "siderolabs/mini@" + image.digest())),
            new InputAdmission("own", List.of("r.example/my-org/mini@" + image.digest())));
  }

  private record Named(String policy) implements Verifier {
    @Override
    public Verdict verify(OciImage image) {
      return new Verdict.Admitted();
    }
  }

  private static Input.ExtensionImage own(String repository, Descriptor image) {
    return new Input.ExtensionImage(
        "my-org/mini", image.digest(), Architecture.AMD64, Optional.of(repository));
  }

  private static TestImages.Layer plain() throws IOException {
    return new TestImages.Layer()
        .file("manifest.yaml", "version: v1alpha1")
        .directory("rootfs")
        .directory("rootfs/bin");
  }

  private SortedMap<String, TreeEntry> fetch(Descriptor image) throws IOException {
    OciImages source = new OciImages(new MemorySource(images), new UnverifiedAdmitted(), cache);
    Input.ExtensionImage input =
        new Input.ExtensionImage("siderolabs/mini", image.digest(), Architecture.AMD64);
    return new MaterialFetcher(
            source, Optional.empty(), OverlayPrograms.forbidden(), Derived.afresh())
        .fetch(List.of(input), Optional.empty(), Optional.empty())
        .extension(input);
  }

  private void assertUnfit(TestImages.Layer layer, String problem) throws IOException {
    assertUnfit(images.manifest("amd64", images.layer(layer)), problem);
  }

  private void assertUnfit(Descriptor image, String problem) {
    Digest digest = image.digest();
    assertThatThrownBy(() -> fetch(image))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage(
            problem.startsWith("has no")
                ? "extension \"siderolabs/mini\" " + problem
                : "extension \"siderolabs/mini\": mini@%s: %s; %s"
                    .formatted(digest, problem, remedy(problem)));
  }

  private static String remedy(String problem) {
    return problem.startsWith("expands")
        ? "no image that is supported needs this much"
        : "the source or what was pushed to it is broken";
  }
}
