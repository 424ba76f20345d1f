package imageservice.builder.assemble;

import imageservice.asset.Architecture;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.material.BaseImage;
import imageservice.builder.material.Material;
import imageservice.builder.material.TestMaterial;
import imageservice.formats.blob.Blob;
import imageservice.plan.BuildPlan;
import imageservice.plan.Input;
import imageservice.plan.InstallerContent;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/// What installers of the miniature releases are made from.
final class InstallerStock implements TestMaterial.Stock {
  private final Map<Architecture, MiniExtensions> mini = new HashMap<>();
  private final List<InstallerContent> contents;
  private final String version;

  private InstallerStock(BlobCache cache, List<InstallerContent> contents, String version) {
    this.contents = contents;
    this.version = version;
    contents.forEach(content ->
        mini.put(content.architecture(), new MiniExtensions(cache, content.initramfs())));
  }

  static Material material(BlobCache cache, BuildPlan plan, String version) throws IOException {
    return TestMaterial.of(plan, new InstallerStock(cache, contents(plan), version));
  }

  private static List<InstallerContent> contents(BuildPlan plan) {
    return plan instanceof BuildPlan.InstallerImage image
        ? image.contents()
        : List.of(((BuildPlan.InstallerArchive) plan).content());
  }

  /// How many layers the release's own image has.
  static int layers(InstallerContent content) {
    return content.base().repository().equals("installer") ? 2 : 1;
  }

  @Override
  public Blob file(Input.ImageFile file) throws IOException {
    boolean arm = file.path().contains("/arm64/");
    return file.path().contains("/systemd-")
        ? Plans.file(file)
        : mini(arm ? Architecture.ARM64 : Architecture.AMD64).file(file);
  }

  @Override
  public SortedMap<String, TreeEntry> extension(Input.ExtensionImage image) throws IOException {
    return mini(image.architecture()).extension(image);
  }

  @Override
  public BaseImage base(Input.BaseImage base) throws IOException {
    BaseImage whole = InstallerBases.of(version, layers(contents.getFirst()));
    return new BaseImage(whole.config(), BaseImage.kept(whole.layers()));
  }

  private MiniExtensions mini(Architecture architecture) {
    return Objects.requireNonNull(mini.get(architecture));
  }
}
