package imageservice.builder.assemble;

import imageservice.builder.material.Material;
import imageservice.formats.blob.Blob;
import imageservice.formats.pe.PeImage;
import imageservice.formats.pe.PeLayout;
import imageservice.plan.Epoch;
import imageservice.plan.UkiContent;
import java.io.IOException;

/// A unified kernel image (UAPI.5): systemd's stub with the sections that a machine boots appended
/// to it. The kernel stays as it was fetched, and the image is not signed.
final class UkiAssembler {
  private UkiAssembler() {}

  static Product assemble(UkiContent content, Material material, Tools tools) throws IOException {
    return assemble(
        content, material, InitramfsAssembler.assemble(content.initramfs(), material, tools));
  }

  /// The image with an initramfs that was assembled before.
  static Product assemble(UkiContent content, Material material, Blob initramfs)
      throws IOException {
    PeImage stub = PeImage.read(material.file(content.stub()));
    UkiSections sections =
        UkiSections.of(
            content,
            material.commandLine(content.commandLine()),
            material.file(content.kernel()),
            initramfs);
    PeLayout layout = PeLayout.append(stub, sections.inOrder(), Epoch.SECONDS);
    return Product.measured(layout.encode(), UkiMeasurements.of(stub, sections));
  }
}
