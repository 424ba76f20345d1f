package imageservice.builder.bench;

import imageservice.asset.Architecture;
import imageservice.builder.assemble.Assembler;
import imageservice.builder.assemble.Tools;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.DerivedBlobs;
import imageservice.builder.extension.TestRoot;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.material.GrubKit;
import imageservice.builder.material.TestMaterial;
import imageservice.formats.blob.Blob;
import imageservice.plan.AddOnCompression;
import imageservice.plan.Boot;
import imageservice.plan.BuildPlan;
import imageservice.plan.Extension;
import imageservice.plan.InitramfsContent;
import imageservice.plan.Input;
import imageservice.plan.PlannedCommandLine;
import imageservice.plan.UkiContent;
import imageservice.plan.UkiProfile;
import imageservice.plan.VolumeLabel;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;

/// Plans over the plain files of a miniature release, and their inputs, fetched already.
///
/// @param files of the release by their names, and extensions' roots by theirs
record Mini(
    BlobCache cache, GrubKit grub, Map<String, Blob> files, Map<String, TestRoot> extensions)
    implements TestMaterial.Stock {
  private static final TalosVersion VERSION = TalosVersion.of(1, 9, 5);

  /// @param folder with `vmlinuz`, `initramfs.xz` and the boot loader's files
  static Mini of(BlobCache cache, GrubKit grub, Path... folder) throws IOException {
    Map<String, Blob> files = new HashMap<>();
    for (Path each : folder) {
      for (Path file : paths(each)) {
        if (Files.isRegularFile(file)) {
          try (InputStream in = Files.newInputStream(file)) {
            files.put(file.getFileName().toString(), cache.put(in));
          }
        }
      }
    }
    return new Mini(cache, grub, files, new HashMap<>());
  }

  /// Adds an extension out of a folder with its root.
  void extension(String name, Path folder) throws IOException {
    TestRoot root = new TestRoot(cache);
    for (Path file : paths(folder)) {
      String path = folder.relativize(file).toString();
      if (Files.isRegularFile(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          root.file(path, in);
        }
      } else if (!path.isEmpty()) {
        root.folder(path);
      }
    }
    extensions.put(name, root);
  }

  BuildPlan.Initramfs initramfs(String... names) {
    return new BuildPlan.Initramfs(content(names));
  }

  BuildPlan hybridIso() {
    UkiContent uki =
        new UkiContent(
            VERSION,
            file("systemd-stub.efi"),
            file("vmlinuz"),
            content(),
            new PlannedCommandLine.Settled("console=tty0"),
            List.of(UkiProfile.MAIN));
    return new BuildPlan.Iso(
        new VolumeLabel("TALOS", ""),
        new Boot.Both(
            new Boot.SystemdBoot(uki, file("systemd-boot.efi")),
            true,
            new Input.GrubKit(grub.digest())));
  }

  Blob assemble(BuildPlan plan) throws IOException {
    return new Assembler(new Tools(new DerivedBlobs(cache)))
        .assemble(plan, TestMaterial.of(plan, this))
        .asset();
  }

  @Override
  public Blob file(Input.ImageFile file) {
    return Objects.requireNonNull(files.get(file.path()), file.path());
  }

  @Override
  public SortedMap<String, TreeEntry> extension(Input.ExtensionImage image) {
    return Objects.requireNonNull(extensions.get(image.name()), image.name()).entries();
  }

  @Override
  public GrubKit kit(Input.GrubKit kit) {
    return grub;
  }

  private InitramfsContent content(String... names) {
    return new InitramfsContent(
        VERSION,
        file("initramfs.xz"),
        file("vmlinuz"),
        false,
        AddOnCompression.ZSTD,
        Stream.of(names)
            .<Extension>map(name ->
                new Extension.Packaged(
                    new Input.ExtensionImage(name, digest(name), Architecture.AMD64)))
            .toList());
  }

  private static Input.ImageFile file(String name) {
    return new Input.ImageFile("imager", digest("imager"), name);
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Path> paths(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted().toList();
    }
  }
}
