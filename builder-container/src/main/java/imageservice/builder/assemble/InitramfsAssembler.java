package imageservice.builder.assemble;

import imageservice.builder.extension.Firmware;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.material.Material;
import imageservice.formats.blob.Blob;
import imageservice.formats.compress.Codec;
import imageservice.formats.cpio.CpioArchive;
import imageservice.formats.cpio.CpioEntry;
import imageservice.plan.AddOnCompression;
import imageservice.plan.Epoch;
import imageservice.plan.InitramfsContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The release's initramfs, untouched, and behind it one more archive with the extensions' images,
/// their listing and firmware. The kernel unpacks archives one after the other, each in its own
/// compression (Linux, driver-api/early-userspace/buffer-format).
final class InitramfsAssembler {
  private static final int FILE_MODE = 0644;
  private static final String LISTING = "extensions.yaml";

  private InitramfsAssembler() {}

  static Blob assemble(InitramfsContent content, Material material, Tools tools)
      throws IOException {
    List<StackedLayer> layers = StackedLayer.of(content, material, tools);
    List<CpioEntry> members = new ArrayList<>(firmware(layers));
    for (StackedLayer layer : layers) {
      members.add(file(layer.file(), layer.image()));
    }
    members.add(file(LISTING, Blob.of(ExtensionsYaml.of(listing(layers)))));
    Blob added = codec(content.compression()).encode(CpioArchive.of(members));
    return Blob.concatenation(EarlyMicrocode.of(layers), material.file(content.base()), added);
  }

  private static List<ExtensionsYaml.Layer> listing(List<StackedLayer> layers) {
    return layers.stream()
        .map(layer -> new ExtensionsYaml.Layer(layer.file(), layer.manifest()))
        .toList();
  }

  private static List<CpioEntry> firmware(List<StackedLayer> layers) throws IOException {
    List<CpioEntry> entries = new ArrayList<>();
    Firmware.of(layers.stream().map(StackedLayer::parts).toList())
        .forEach((path, entry) -> entries.add(firmware(path, entry)));
    return entries;
  }

  private static CpioEntry firmware(String path, TreeEntry entry) {
    return switch (entry) {
      case TreeEntry.File file ->
          new CpioEntry.File(path, file.mode(), Epoch.SECONDS, file.content());
      case TreeEntry.Directory folder ->
          new CpioEntry.Directory(path, folder.mode(), Epoch.SECONDS);
      case TreeEntry.Symlink link ->
          throw new IllegalStateException("links in firmware are followed before: " + link);
    };
  }

  private static CpioEntry file(String name, Blob content) {
    return new CpioEntry.File(name, FILE_MODE, Epoch.SECONDS, content);
  }

  private static Codec codec(AddOnCompression compression) {
    return switch (compression) {
      case XZ -> Codec.XZ;
      case ZSTD -> Codec.ZSTD;
    };
  }
}
