package imageservice.builder.oci;

import imageservice.release.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// Images in memory for the tests of other rooms.
public final class PublicTestImages {
  private final TestImages images = new TestImages();
  private final MemorySource source = new MemorySource(images);

  public ImageSource source() {
    return source;
  }

  /// An image with these files, by path.
  public Digest image(Map<String, String> files) throws IOException {
    TestImages.Layer layer = new TestImages.Layer();
    for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
      layer.file(file.getKey(), file.getValue());
    }
    return image(layer);
  }

  public Digest imageWithLink(String path, String target) throws IOException {
    return image(new TestImages.Layer().symlink(path, target));
  }

  /// An image with an extension's manifest and one more entry.
  ///
  /// @param type as tar has it, such as `TarConstants.LF_CHR`
  /// @param target of a link
  public Digest extension(String path, byte type, String target) throws IOException {
    TestImages.Layer layer = new TestImages.Layer().file("manifest.yaml", "version: v1alpha1");
    return image(layer.special(path, type, target));
  }

  /// An image with a file of zeros.
  public Digest imageOfZeros(String path, int length) throws IOException {
    return image(new TestImages.Layer().file(path, 0644, new byte[length], Map.of()));
  }

  /// Gives an image a tag, in every repository.
  public void tag(String tag, Digest image) {
    images.tag(tag, new Descriptor("", image, 0));
  }

  /// Lists a tag that leads to no image; the list has a validator then.
  public void tagWithoutImage(String tag) {
    source.listWithoutImage(tag);
  }

  /// How many blobs were asked for so far.
  public long blobsAsked() {
    return source.asked().stream().filter("blob"::equals).count();
  }

  /// How many tags were resolved so far.
  public long resolved() {
    return source.asked().stream().filter("resolve"::equals).count();
  }

  private Digest image(TestImages.Layer layer) throws IOException {
    return images.manifest("amd64", images.layer(layer)).digest();
  }
}
