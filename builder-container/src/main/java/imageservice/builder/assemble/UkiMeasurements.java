package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.formats.pe.PeImage;
import imageservice.formats.pe.PeSection;
import imageservice.formats.tpm.Pcr;
import imageservice.formats.tpm.PcrBank;
import imageservice.formats.tpm.StubMeasurement;
import imageservice.ledger.Measurement;
import imageservice.plan.UkiProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Values of PCR 11 while a machine boots a unified kernel image: one for each profile and phase of
/// the boot. Talos extends the PCR by the phase's name when it enters its initramfs, leaves it, and
/// starts machined.
final class UkiMeasurements {
  private static final List<String> PHASES =
      List.of("enter-initrd", "leave-initrd", "enter-machined");

  /// The bank that Talos seals to and that every TPM 2.0 has. Each further bank would hash the
  /// whole image once more.
  private static final PcrBank BANK = PcrBank.SHA256;

  /// The one section of the stub's own that is measured.
  private static final String SBAT = ".sbat";

  private UkiMeasurements() {}

  static List<Measurement> of(PeImage stub, UkiSections sections) throws IOException {
    Map<String, Blob> contents = contents(sections.base());
    stub.section(SBAT).ifPresent(sbat -> contents.put(SBAT, sbat));
    StubMeasurement base = StubMeasurement.of(contents, Set.of(BANK));
    List<Measurement> measurements = new ArrayList<>();
    if (sections.profiles().isEmpty()) {
      add(measurements, UkiProfile.MAIN.id(), base);
    }
    for (UkiSections.Profile profile : sections.profiles()) {
      add(measurements, profile.id(), base.overriddenBy(contents(profile.sections())));
    }
    return measurements;
  }

  private static Map<String, Blob> contents(List<PeSection> sections) {
    Map<String, Blob> contents = new HashMap<>();
    sections.forEach(section -> contents.put(section.name(), section.content()));
    return contents;
  }

  private static void add(
      List<Measurement> measurements, String profile, StubMeasurement measured) {
    List<Pcr> values = measured.phases(BANK, PHASES);
    for (int i = 0; i < values.size(); i++) {
      String phase = String.join(":", PHASES.subList(0, i));
      measurements.add(
          new Measurement(
              profile, phase, BANK.label(), StubMeasurement.REGISTER, values.get(i).hex()));
    }
  }
}
