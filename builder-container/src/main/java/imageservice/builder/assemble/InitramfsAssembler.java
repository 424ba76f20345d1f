package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.formats.compress.Codec;
import imageservice.formats.cpio.CpioArchive;
import imageservice.formats.cpio.CpioEntry;
import imageservice.plan.AddOnCompression;
import imageservice.plan.Extension;
import imageservice.plan.InitramfsContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The release's initramfs, untouched, and behind it one more archive with the extensions' images
/// and their listing. The kernel unpacks archives one after the other, each in its own compression
/// (Linux, driver-api/early-userspace/buffer-format).
final class InitramfsAssembler {
  private static final int FILE_MODE = 0644;
  private static final String LISTING = "extensions.yaml";

  private InitramfsAssembler() {}

  static Blob assemble(InitramfsContent content, Inputs inputs) throws IOException {
    List<CpioEntry> members = new ArrayList<>();
    for (int i = 0; i < content.extensions().size(); i++) {
      Blob image = ExtensionImage.of(content.extensions().get(i), content.compression());
      members.add(file(i + ".sqsh", image));
    }
    members.add(file(LISTING, Blob.of(ExtensionsYaml.of(manifests(content)))));
    Blob added = codec(content.compression()).encode(CpioArchive.of(members));
    return Blob.concatenation(inputs.file(content.base()), added);
  }

  private static List<ExtensionsYaml.Layer> manifests(InitramfsContent content)
      throws UnfitInputException {
    List<ExtensionsYaml.Layer> layers = new ArrayList<>();
    for (Extension extension : content.extensions()) {
      if (!(extension instanceof Extension.Synthetic synthetic)) {
        throw new UnfitInputException("extensions out of images are not assembled yet");
      }
      layers.add(new ExtensionsYaml.Layer(layers.size() + ".sqsh", synthetic.manifest()));
    }
    return layers;
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
