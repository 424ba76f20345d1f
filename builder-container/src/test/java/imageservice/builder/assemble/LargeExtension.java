package imageservice.builder.assemble;

import imageservice.asset.Architecture;
import imageservice.builder.Noise;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.DerivedBlobs;
import imageservice.builder.extension.TestBase;
import imageservice.builder.extension.TestRoot;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.material.TestMaterial;
import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.plan.AddOnCompression;
import imageservice.plan.BuildPlan;
import imageservice.plan.Extension;
import imageservice.plan.InitramfsContent;
import imageservice.plan.Input;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/// A program that assembles an initramfs with an extension of so many megabytes, half of them
/// firmware, which nothing compresses, and reads it to its end. Prints its length.
///
/// Arguments: a folder to work in, and the megabytes.
public final class LargeExtension {
  private static final int FILE = 10;

  private LargeExtension() {}

  public static void main(String[] arguments) throws IOException {
    long capacity = 1L << 40;
    try (BlobCache cache = new BlobCache(Path.of(arguments[0]), capacity, () -> Instant.EPOCH)) {
      TestRoot root = TestRoot.of(cache, "large");
      int files = Integer.parseInt(arguments[1]) / FILE;
      for (int i = 0; i < files; i++) {
        String folder = i % 2 == 0 ? "rootfs/usr/local/lib/" : "rootfs/usr/lib/firmware/large/";
        root.file(folder + i, new Noise(i, FILE << 20));
      }
      Blob initramfs =
          InitramfsAssembler.assemble(
              plan().content(),
              TestMaterial.of(plan(), new One(root)),
              new Tools(new DerivedBlobs(cache)));
      initramfs.writeTo(OutputStream.nullOutputStream());
      System.out.println(initramfs.length());
    }
  }

  private static BuildPlan.Initramfs plan() {
    Digest image = Digest.of(new byte[0]);
    return new BuildPlan.Initramfs(
        new InitramfsContent(
            TalosVersion.of(1, 13, 2),
            new Input.ImageFile("imager", image, "initramfs.xz"),
            new Input.ImageFile("imager", image, "vmlinuz"),
            true,
            AddOnCompression.ZSTD,
            List.of(
                new Extension.Packaged(
                    new Input.ExtensionImage("a/large", image, Architecture.AMD64)))));
  }

  private record One(TestRoot root) implements TestMaterial.Stock {
    @Override
    public Blob file(Input.ImageFile file) throws IOException {
      return new TestBase(SquashfsCompression.ZSTD).initramfs();
    }

    @Override
    public SortedMap<String, TreeEntry> extension(Input.ExtensionImage image) {
      return root.entries();
    }
  }
}
