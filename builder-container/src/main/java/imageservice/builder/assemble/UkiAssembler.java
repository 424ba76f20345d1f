package imageservice.builder.assemble;

import imageservice.builder.material.Material;
import imageservice.formats.blob.Blob;
import imageservice.formats.pe.PeImage;
import imageservice.formats.pe.PeLayout;
import imageservice.formats.tpm.PcrBank;
import imageservice.formats.tpm.StubMeasurement;
import imageservice.plan.Epoch;
import imageservice.plan.UkiContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A unified kernel image (UAPI.5): systemd's stub with the sections that a machine boots appended
/// to it. The kernel stays as it was fetched.
///
/// Kernel and initramfs are read once to measure them; once more to hash the image where it is
/// signed.
final class UkiAssembler {
  private UkiAssembler() {}

  static Product assemble(UkiContent content, Material material, Tools tools) throws IOException {
    return assemble(
        content,
        material,
        InitramfsAssembler.assemble(content.initramfs(), material, tools),
        tools);
  }

  /// The image with an initramfs that was assembled before.
  static Product assemble(UkiContent content, Material material, Blob initramfs, Tools tools)
      throws IOException {
    BootSigning signing = BootSigning.of(content, tools);
    Optional<PcrSignatures> policies = signing.keys().map(keys -> new PcrSignatures(keys.pcr()));
    PeImage stub = PeImage.read(material.file(content.stub()));
    UkiSections sections =
        UkiSections.of(
            content,
            material.commandLine(content.commandLine()),
            policies.isPresent() ? Optional.of(policies.get().publicKey()) : Optional.empty(),
            material.file(content.kernel()),
            initramfs);
    PeLayout layout = layout(stub, sections);
    UkiMeasurements measured =
        UkiMeasurements.of(
            stub,
            sections,
            policies.isPresent() ? Set.of(PcrBank.values()) : Set.of(UkiMeasurements.BANK));
    if (policies.isPresent()) {
      layout = layout(stub, sections.with(signed(policies.get(), measured)));
    }
    return Product.measured(signing.sign(layout.encode()), measured.values());
  }

  /// Before gigabytes are measured that fit no image.
  private static PeLayout layout(PeImage stub, UkiSections sections) throws IOException {
    try {
      return PeLayout.append(stub, sections.inOrder(), Epoch.SECONDS);
    } catch (IllegalArgumentException e) {
      throw UkiSections.tooLarge(e);
    }
  }

  /// The signatures of each profile.
  private static List<String> signed(PcrSignatures policies, UkiMeasurements measured)
      throws IOException {
    List<String> signatures = new ArrayList<>();
    for (StubMeasurement profile : measured.profiles().values()) {
      signatures.add(policies.json(profile));
    }
    return signatures;
  }
}
