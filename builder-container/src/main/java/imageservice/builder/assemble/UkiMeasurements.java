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
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// Values of PCR 11 while a machine boots a unified kernel image: one for each profile and phase of
/// the boot. Talos extends the PCR by the phase's name when it enters its initramfs, leaves it, and
/// starts machined.
///
/// @param profiles what the stub measures, by the profile's id, in the order of the file
record UkiMeasurements(SequencedMap<String, StubMeasurement> profiles) {
  static final List<String> PHASES = List.of("enter-initrd", "leave-initrd", "enter-machined");

  /// The bank that Talos seals to and that every TPM 2.0 has. Each further bank hashes the whole
  /// image once more.
  static final PcrBank BANK = PcrBank.SHA256;

  /// The one section of the stub's own that is measured.
  private static final String SBAT = ".sbat";

  UkiMeasurements {
    profiles = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(profiles));
  }

  /// Reads every section once.
  ///
  /// @param banks {@link #BANK} among them
  static UkiMeasurements of(PeImage stub, UkiSections sections, Set<PcrBank> banks)
      throws IOException {
    Map<String, Blob> contents = contents(sections.base());
    stub.section(SBAT).ifPresent(sbat -> contents.put(SBAT, sbat));
    StubMeasurement base = StubMeasurement.of(contents, banks);
    SequencedMap<String, StubMeasurement> profiles = new LinkedHashMap<>();
    if (sections.profiles().isEmpty()) {
      profiles.put(UkiProfile.MAIN.id(), base);
    }
    for (UkiSections.Profile profile : sections.profiles()) {
      profiles.put(profile.id(), base.overriddenBy(contents(profile.sections())));
    }
    return new UkiMeasurements(profiles);
  }

  private static Map<String, Blob> contents(List<PeSection> sections) {
    Map<String, Blob> contents = new HashMap<>();
    sections.forEach(section -> contents.put(section.name(), section.content()));
    return contents;
  }

  /// Those that are told of an asset.
  List<Measurement> values() {
    List<Measurement> measurements = new ArrayList<>();
    profiles.forEach((profile, measured) -> add(measurements, profile, measured));
    return measurements;
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
