package imageservice.formats.tpm;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What systemd-stub measures into register 11 before it starts the kernel: of each section that
/// counts, in a fixed order, its name with a final NUL and its content. Sections that do not count
/// (`.pcrsig`, the stub's own code) are left out.
///
/// @param banks that the digests are of; hashing is most of the work
/// @param sections digests of contents by section name, of those that count
public record StubMeasurement(Set<PcrBank> banks, Map<String, Digests> sections) {
  /// The register.
  public static final int REGISTER = 11;

  /// UAPI.5: the canonical order of sections.
  private static final List<String> ORDER =
      List.of(
          ".linux",
          ".osrel",
          ".cmdline",
          ".initrd",
          ".ucode",
          ".splash",
          ".dtb",
          ".uname",
          ".sbat",
          ".pcrpkey",
          ".profile",
          ".dtbauto",
          ".hwids");

  public StubMeasurement {
    banks = Set.copyOf(banks);
    Map<String, Digests> ordered = new LinkedHashMap<>();
    for (String name : ORDER) {
      Digests digests = sections.get(name);
      if (digests != null) {
        ordered.put(name, digests);
      }
    }
    sections = java.util.Collections.unmodifiableMap(ordered);
  }

  /// Reads the contents once each. Empty sections are not measured.
  ///
  /// @param contents as in memory, by section name
  public static StubMeasurement of(Map<String, Blob> contents, Set<PcrBank> banks)
      throws IOException {
    Map<String, Digests> sections = new LinkedHashMap<>();
    for (String name : ORDER) {
      Blob content = contents.get(name);
      if (content != null && content.length() > 0) {
        sections.put(name, Digests.of(content, banks));
      }
    }
    return new StubMeasurement(banks, sections);
  }

  /// The measurement when a profile's sections, read now, stand for the base's of the same names.
  public StubMeasurement overriddenBy(Map<String, Blob> profile) throws IOException {
    Map<String, Digests> merged = new LinkedHashMap<>(sections);
    profile.keySet().forEach(merged::remove);
    merged.putAll(of(profile, banks).sections());
    return new StubMeasurement(banks, merged);
  }

  /// The register once the kernel starts.
  public Pcr pcr(PcrBank bank) {
    Pcr pcr = Pcr.zero(bank);
    for (Map.Entry<String, Digests> section : sections.entrySet()) {
      byte[] name = (section.getKey() + "\0").getBytes(StandardCharsets.US_ASCII);
      pcr = pcr.extend(Digests.of(name)).extend(section.getValue());
    }
    return pcr;
  }

  /// The register in each phase of the boot: first once the kernel starts, then after each word was
  /// measured, as systemd-pcrphase(8) does.
  public List<Pcr> phases(PcrBank bank, List<String> words) {
    List<Pcr> values = new ArrayList<>(List.of(pcr(bank)));
    for (String word : words) {
      byte[] text = word.getBytes(StandardCharsets.US_ASCII);
      values.add(values.getLast().extend(Digests.of(text)));
    }
    return List.copyOf(values);
  }
}
