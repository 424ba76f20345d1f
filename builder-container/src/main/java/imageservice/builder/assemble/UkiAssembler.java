package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.formats.pe.PeImage;
import imageservice.formats.pe.PeLayout;
import imageservice.plan.Epoch;
import imageservice.plan.UkiContent;
import java.io.IOException;

/// A unified kernel image: systemd's stub with everything that a machine boots appended to it. The
/// kernel goes in as it came; nothing in it is signed.
final class UkiAssembler {
  private UkiAssembler() {}

  static Assembled assemble(UkiContent content, Inputs inputs) throws IOException {
    return assemble(content, inputs, InitramfsAssembler.assemble(content.initramfs(), inputs));
  }

  /// The image with an initramfs that was assembled before.
  static Assembled assemble(UkiContent content, Inputs inputs, Blob initramfs) throws IOException {
    PeImage stub = PeImage.read(inputs.file(content.stub()));
    UkiSections sections =
        UkiSections.of(
            content,
            inputs.commandLine(content.commandLine()),
            inputs.file(content.kernel()),
            initramfs);
    PeLayout layout = PeLayout.append(stub, sections.inOrder(), Epoch.SECONDS);
    return new Assembled(layout.encode(), UkiMeasurements.of(stub, sections));
  }
}
