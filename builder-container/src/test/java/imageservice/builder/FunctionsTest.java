package imageservice.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.fetch.BlobCache;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.PublicTestImages;
import imageservice.builder.fetch.Trust;
import imageservice.builder.index.ReleaseIndexer;
import imageservice.ledger.BuildState;
import imageservice.ledger.MemoryItemTable;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.Digest;
import imageservice.release.Release;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import imageservice.release.VersionPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FunctionsTest extends BuilderFixture {
  private static final Digest DIGEST = Digest.of(new byte[0]);
  private static final TalosVersion VERSION = TalosVersion.of(1, 9, 5);

  @TempDir Path folder = Path.of("unset");

  @Test
  void builderTakesAnOrderAsJson() throws IOException {
    BuilderFunction function = new BuilderFunction(builder(inputs -> new NoInputs(), NEVER));
    String order = acquired(KEY, PLAN).toJson();
    function.handleRequest(stream(order), OutputStream.nullOutputStream(), null);
    assertThat(state()).isInstanceOf(BuildState.Ready.class);
  }

  @Test
  void builderRefusesWhatIsNoOrder() {
    BuilderFunction function = new BuilderFunction(builder(inputs -> new NoInputs(), NEVER));
    assertThatThrownBy(
            () -> function.handleRequest(stream("{}"), OutputStream.nullOutputStream(), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a build order: ");
  }

  @Test
  void indexIsRefreshedWithTheKitAtHand() throws IOException {
    PublicTestImages images = new PublicTestImages();
    images.tag("v1.9.5", DIGEST);
    ReleaseLedger releases = new ReleaseLedger(new MemoryItemTable());
    try (BlobCache cache = new BlobCache(folder, 1 << 20, now::get)) {
      ReleaseIndexer indexer =
          new ReleaseIndexer(
              new OciImages(images.source(), new Trust.Insecure(), cache),
              new VersionPolicy(VERSION, Set.of()));
      new IndexFunction(indexer, releases, Optional.of(DIGEST))
          .handleRequest(stream("{}"), OutputStream.nullOutputStream(), null);
    }
    assertThat(releases.read())
        .isEqualTo(new ReleaseIndex(List.of(new Release(VERSION, DIGEST)), Optional.of(DIGEST)));
  }

  @Test
  void wiringNeedsNothingButItsEnvironment() throws IOException {
    BuilderAwsWiring wiring = new BuilderAwsWiring(environment());
    assertThat(wiring.builder()).isNotNull();
    assertThat(wiring.grubKit()).isEmpty();
    assertThat(wiring.releases()).isNotNull();
  }

  @Test
  void wiringSaysWhatIsMissing() {
    for (String name : List.of("ASSET_BUCKET", "BUILDS_TABLE", "AWS_REGION", "INSECURE_SOURCES")) {
      Map<String, String> environment = environment();
      environment.put(name, " ");
      assertThatThrownBy(() -> new BuilderAwsWiring(environment).builder())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(name + " is not set");
    }
  }

  @Test
  void wiringRefusesToPretendThatSourcesAreVerified() {
    Map<String, String> environment = environment();
    environment.put("INSECURE_SOURCES", "no");
    assertThatThrownBy(() -> new BuilderAwsWiring(environment).indexer())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("INSECURE_SOURCES is not true: signatures cannot be verified yet");
  }

  @Test
  void wiringRefusesAFolderWithoutAKit() {
    Map<String, String> environment = environment();
    environment.put("GRUB_KIT", folder.toString());
    assertThatThrownBy(() -> new BuilderAwsWiring(environment).grubKit())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("GRUB_KIT: no kit in " + folder);
  }

  private Map<String, String> environment() {
    return new HashMap<>(
        Map.of(
            "ASSET_BUCKET", "assets",
            "BUILDS_TABLE", "builds",
            "AWS_REGION", "eu-central-1",
            "INSECURE_SOURCES", "true",
            "CACHE_FOLDER", folder.resolve("blobs").toString()));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
