package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.Architecture;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.Derived;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.material.BaseImage;
import imageservice.builder.material.Material;
import imageservice.builder.material.OtherArchitectureException;
import imageservice.builder.material.UnfitInputException;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.MemorySource;
import imageservice.builder.oci.SourceException;
import imageservice.builder.oci.TestImages;
import imageservice.builder.overlay.OverlayPrograms;
import imageservice.plan.AddOnCompression;
import imageservice.plan.BuildPlan;
import imageservice.plan.Extension;
import imageservice.plan.InitramfsContent;
import imageservice.plan.Input;
import imageservice.plan.InstallerContent;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bases, overlays and extensions of installers, as their sources have them.
final class InstallerMaterialTest {
  private static final String CONFIGURATION = "application/vnd.oci.image.config.v1+json";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

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
  void layersOfABaseStayAsTheyAre() throws IOException {
    Descriptor first = layer("one");
    Descriptor second = layer("two");
    Descriptor third = layer("three");
    Input.BaseImage base = base(images.manifest("amd64", first, second, third), Architecture.AMD64);
    BaseImage fetched =
        fetcher().fetch(List.of(base), Optional.empty(), Optional.empty()).base(base);
    assertThat(fetched.layers())
        .extracting(BaseImage.Layer::digest)
        .containsExactly(first.digest(), second.digest(), third.digest());
    for (BaseImage.Layer layer : fetched.layers()) {
      assertThat(Digest.of(layer.content().bytes(1 << 20))).isEqualTo(layer.digest());
    }
    assertThat(fetched.config().names()).isEmpty();
  }

  @Test
  void artifactsOfTheReleaseAreNotFetched() throws IOException {
    Descriptor kept = layer("one");
    Descriptor artifacts = new Descriptor(kept.mediaType(), Digest.of(bytes("is not there")), 12);
    Input.BaseImage base = base(images.manifest("amd64", kept, artifacts), Architecture.AMD64);
    BaseImage fetched =
        fetcher().fetch(List.of(base), Optional.empty(), Optional.empty()).base(base);
    assertThat(fetched.layers()).extracting(BaseImage.Layer::digest).containsExactly(kept.digest());
  }

  @Test
  void aBaseOfAnotherArchitectureIsNamed() throws IOException {
    for (Descriptor image :
        List.of(index("amd64"), images.manifest("amd64", layer("without an index")))) {
      Input.BaseImage base = base(image, Architecture.ARM64);
      assertThatThrownBy(() -> fetcher().fetch(List.of(base), Optional.empty(), Optional.empty()))
          .isInstanceOf(OtherArchitectureException.class)
          .hasMessage("the release's image installer-base has no arm64 build");
    }
  }

  @Test
  void anImageHasTheArchitectureThatItsSourcesHave() throws IOException {
    Input.ExtensionImage half = extension(index("amd64"), Architecture.ARM64);
    BuildPlan.InstallerImage plan =
        new BuildPlan.InstallerImage(
            List.of(
                content(index("amd64", "arm64"), Architecture.AMD64),
                content(index("amd64", "arm64"), Architecture.ARM64, half)),
            Optional.empty());
    Material material = fetcher().fetch(plan);
    assertThat(material.bases().keySet()).containsExactly(plan.contents().getFirst().base());
  }

  @Test
  void anImageForNoArchitectureSaysWhatEachLacks() throws IOException {
    BuildPlan.InstallerImage plan =
        new BuildPlan.InstallerImage(
            List.of(
                content(
                    index("amd64"),
                    Architecture.AMD64,
                    extension(index("arm64"), Architecture.AMD64)),
                content(index("amd64"), Architecture.ARM64)),
            Optional.empty());
    assertThatThrownBy(() -> fetcher().fetch(plan))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage(
            "extension \"siderolabs/x\" has no amd64 build; the release's image installer-base has"
                + " no arm64 build");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense | not a JSON object",
        "{\"rootfs\":1} | rootfs is not an object: 1",
        "{} | rootfs is missing",
        "{\"rootfs\":{\"diff_ids\":[]}} | 0 diff ids for 1 layers",
        "{\"rootfs\":{\"diff_ids\":[\"md5:1\"]}} | a diff id is no sha256 digest",
        "{\"rootfs\":{\"diff_ids\":[1]}} | diff_ids is not an array of texts: 1",
        "{\"config\":[],\"rootfs\":{\"diff_ids\":[\"DIGEST\"]}} | config is not an object: []"
      })
  void aMalformedConfigurationIsTheSourcesFault(String json, String problem) throws IOException {
    Descriptor layer = layer("l");
    String text = json.replace("DIGEST", layer.digest().value());
    Descriptor image = manifest(images.blob(CONFIGURATION, bytes(text)), layer);
    assertMalformed(image, problem);
  }

  @Test
  void aBaseWithoutLayersIsTheSourcesFault() throws IOException {
    assertMalformed(images.manifest("amd64"), "its configuration: 0 diff ids for 0 layers");
  }

  @Test
  void aHugeConfigurationIsNotFetched() throws IOException {
    Descriptor image =
        manifest(new Descriptor(CONFIGURATION, Digest.of(bytes("c")), 1L << 40), layer("l"));
    Input.BaseImage base = base(image, Architecture.AMD64);
    assertThatThrownBy(() -> fetcher().fetch(List.of(base), Optional.empty(), Optional.empty()))
        .isInstanceOf(SourceException.TooLarge.class)
        .hasMessageContaining("a configuration of 1099511627776 bytes, at most 4194304");
  }

  @Test
  void aLayerOfAnUnknownTypeIsTheSourcesFault() throws IOException {
    Descriptor foreign = images.blob("application/x-layer", bytes("x"));
    assertMalformed(
        images.manifest("amd64", foreign), "a layer of an unknown type: application/x-layer");
  }

  @Test
  void anOverlayBringsItsProgramAndArtifactsWithTheirModes() throws IOException {
    TestImages.Layer layer =
        new TestImages.Layer()
            .file("artifacts/arm64/u-boot.bin", "u")
            .file("installers/mini", 0751, bytes("p"), Map.of())
            .file("installers/other", "o")
            .file("profiles/x", "x");
    Input.OverlayImage overlay =
        new Input.OverlayImage(
            "mini",
            "sbc-mini",
            images.index(Map.of("arm64", images.manifest("arm64", images.layer(layer)))).digest(),
            Architecture.ARM64);
    SortedMap<String, TreeEntry> entries =
        fetcher().fetch(List.of(overlay), Optional.empty(), Optional.empty()).overlay(overlay);
    assertThat(entries).containsKeys("artifacts/arm64/u-boot.bin", "installers/mini");
    assertThat(entries.keySet()).noneMatch(path -> path.contains("other") || path.contains("prof"));
    assertThat(entries.get("installers/mini"))
        .extracting(TreeEntry::mode, InstanceOfAssertFactories.INTEGER)
        .isEqualTo(0751);
  }

  @Test
  void anOverlayWithoutItsProgramIsForOtherArchitectures() throws IOException {
    Input.OverlayImage overlay =
        new Input.OverlayImage(
            "mini", "sbc-mini", images.manifest("amd64", layer("x")).digest(), Architecture.AMD64);
    assertThatThrownBy(() -> fetcher().fetch(List.of(overlay), Optional.empty(), Optional.empty()))
        .isInstanceOf(OtherArchitectureException.class)
        .hasMessageStartingWith("overlay \"mini\" has no amd64 build: sbc-mini@");
  }

  private void assertMalformed(Descriptor image, String problem) {
    Input.BaseImage base = base(image, Architecture.AMD64);
    assertThatThrownBy(() -> fetcher().fetch(List.of(base), Optional.empty(), Optional.empty()))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageStartingWith("installer-base@" + image.digest() + ": ")
        .satisfies(failure -> {
          if (!problem.equals("not a JSON object")) {
            assertThat(failure).hasMessageContaining(problem);
          }
        });
  }

  private InstallerContent content(
      Descriptor base, Architecture architecture, Input.ExtensionImage... extensions)
      throws IOException {
    Descriptor imager = images.manifest("amd64", layer("k"));
    Input.ImageFile file = new Input.ImageFile("imager", imager.digest(), "k");
    InitramfsContent initramfs =
        new InitramfsContent(
            TalosVersion.of(1, 9, 5),
            file,
            file,
            false,
            AddOnCompression.ZSTD,
            List.of(extensions).stream().<Extension>map(Extension.Packaged::new).toList());
    return new InstallerContent(
        base(base, architecture), new InstallerContent.Separate(file, initramfs), Optional.empty());
  }

  private static Input.ExtensionImage extension(Descriptor image, Architecture architecture) {
    return new Input.ExtensionImage("siderolabs/x", image.digest(), architecture);
  }

  private static Input.BaseImage base(Descriptor image, Architecture architecture) {
    return new Input.BaseImage("installer-base", image.digest(), architecture);
  }

  private Descriptor index(String... architectures) throws IOException {
    Map<String, Descriptor> manifests = new java.util.TreeMap<>();
    for (String architecture : architectures) {
      manifests.put(architecture, images.manifest(architecture, layer(architecture)));
    }
    return images.index(manifests);
  }

  private Descriptor layer(String file) throws IOException {
    return images.layer(new TestImages.Layer().file(file, file));
  }

  private Descriptor manifest(Descriptor configuration, Descriptor layer) throws IOException {
    return images.json(
        MANIFEST,
        TestImages.fields(
            "schemaVersion",
            2,
            "config",
            TestImages.fields(configuration),
            "layers",
            List.of(TestImages.fields(layer))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private MaterialFetcher fetcher() {
    return new MaterialFetcher(
        new OciImages(new MemorySource(images), new UnverifiedAdmitted(), cache),
        Optional.empty(),
        OverlayPrograms.forbidden(),
        Derived.afresh());
  }
}
