package imageservice.builder.extension;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.layers.TreeEntry;
import imageservice.release.TalosVersion;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExtensionRootTest extends ExtensionFixture {
  @Test
  void hasWhatIsBelowRootfs() throws IOException {
    TestRoot image = root("hello").file("rootfs/usr/bin/hello", "hi").link("rootfs/bin", "usr/bin");
    ExtensionRoot root = read(image);
    assertThat(root.manifest().name()).isEqualTo("hello");
    assertThat(root.rootfs().keySet())
        .containsExactly("", "bin", "usr", "usr/bin", "usr/bin/hello");
    assertThat(root.rootfs()).containsEntry("bin", new TreeEntry.Symlink(0777, null, "usr/bin"));
  }

  @Test
  void foldersAreTheirOwnersToUse() throws IOException {
    ExtensionRoot root = read(root("hello").folder("rootfs", 0055).folder("rootfs/a", 01077));
    assertThat(root.rootfs())
        .containsEntry("", new TreeEntry.Directory(0755, null))
        .containsEntry("a", new TreeEntry.Directory(01777, null));
  }

  @Test
  void foldersThatTheImageLeavesOutAreThere() throws IOException {
    TestRoot image = root("hello").file("rootfs/usr/bin/hello", "hi");
    image.without("rootfs").without("rootfs/usr").without("rootfs/usr/bin");
    assertThat(read(image).rootfs())
        .containsEntry("", new TreeEntry.Directory(0755, null))
        .containsEntry("usr/bin", new TreeEntry.Directory(0755, null));
  }

  @Test
  void refusesOtherFiles() throws IOException {
    TestRoot image = root("hello").file("README\n.md", "");
    assertUnfit(() -> read(image), "extension \"a/b\": unexpected file \"README?.md\"");
    TestRoot nested = root("hello").file("rootfs.d/x", "");
    assertUnfit(() -> read(nested), "extension \"a/b\": unexpected file \"rootfs.d\"");
    TestRoot below = root("hello").file("manifest.yaml/x", "").without("manifest.yaml");
    assertUnfit(() -> read(below), "extension \"a/b\": unexpected file \"manifest.yaml/x\"");
  }

  @Test
  void refusesAnImageWithoutManifestOrRootfs() throws IOException {
    TestRoot without = root("hello").without("manifest.yaml");
    assertUnfit(() -> read(without), "extension \"a/b\": has no file manifest.yaml");
    TestRoot link = root("hello").link("manifest.yaml", "rootfs/m");
    assertUnfit(() -> read(link), "extension \"a/b\": has no file manifest.yaml");
    TestRoot rootless = root("hello").without("rootfs");
    assertUnfit(() -> read(rootless), "extension \"a/b\": has no folder rootfs");
    TestRoot file = root("hello").file("rootfs", "");
    assertUnfit(() -> read(file), "extension \"a/b\": rootfs is no folder");
  }

  @Test
  void refusesAManifestThatIsTooLarge() throws IOException {
    TestRoot large = root("hello").withManifest("#".repeat(65_537));
    assertUnfit(() -> read(large), "extension \"a/b\": manifest.yaml has more than 65536 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    ">= v1.4.0, v1.9.5",
    ">= 1.9.5, v1.9.5-alpha.1",
    ">=1.5.0 <1.10.0 || 2.x, v1.9.5",
    "1.9.x, v1.9.0"
  })
  void isForTheVersionsThatItNames(String constraint, String version) throws IOException {
    read(constrained(constraint)).requireFor(TalosVersion.parse(version).orElseThrow());
  }

  @Test
  void isForAllVersionsWhereItNamesNone() throws IOException {
    read(constrained("")).requireFor(TalosVersion.of(1, 0, 0));
  }

  @Test
  void refusesOtherVersions() throws IOException {
    ExtensionRoot root = read(constrained(">= v1.10.0"));
    assertUnfit(
        () -> root.requireFor(TalosVersion.parse("v1.9.5").orElseThrow()),
        "extension \"a/b\": version constraint >= v1.10.0 can't be satisfied with Talos version"
            + " 1.9.5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", ">= ", "1.9", ">= 1.0.0 ||", "~> 1.0.0", "1.0.0 - 2.0.0"})
  void refusesConstraintsThatAreNoRange(String constraint) throws IOException {
    ExtensionRoot root = read(constrained(constraint));
    assertUnfit(
        () -> root.requireFor(TalosVersion.of(1, 9, 5)),
        "extension \"a/b\": version constraint \"%s\" is no range of versions"
            .formatted(constraint));
  }

  private static ExtensionRoot read(TestRoot image) throws IOException {
    return ExtensionRoot.of("a/b", image.entries());
  }

  private TestRoot constrained(String constraint) throws IOException {
    return root("x").withManifest(TestRoot.manifest("x").replace(">= v1.4.0", constraint));
  }
}
