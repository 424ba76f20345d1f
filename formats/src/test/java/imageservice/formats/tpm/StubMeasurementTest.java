package imageservice.formats.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StubMeasurementTest {
  private static final Set<PcrBank> ALL = EnumSet.allOf(PcrBank.class);

  private static final List<String> PHASES =
      List.of("enter-initrd", "leave-initrd", "enter-machined");

  /// The reference's own test: every section holds its own name.
  @ParameterizedTest
  @CsvSource({
    "SHA256, c0c4f61f8ac39267a7638cde8029b82a0ccd378b2acbfdffb77ee1f0f9d464ec",
    "SHA384, e8f6311e36f9ee038df65255ae7c471d1d1f91ce742b98a152be72337f6c937d",
    "SHA512, 207a8217158f9cc521dca50358a593dc61ed9308ef27da9df4ef64d634309160"
  })
  void givesTheReferencesPolicy(PcrBank bank, String policy) throws IOException {
    Map<String, Blob> sections = new LinkedHashMap<>();
    for (String name :
        List.of(
            ".hwids",
            ".dtbauto",
            ".profile",
            ".pcrpkey",
            ".sbat",
            ".uname",
            ".dtb",
            ".splash",
            ".ucode",
            ".initrd",
            ".cmdline",
            ".osrel",
            ".linux")) {
      sections.put(name, Blob.of(name));
    }
    List<Pcr> phases = StubMeasurement.of(sections, ALL).phases(bank, PHASES);
    assertThat(phases).hasSize(4);
    assertThat(HexFormat.of().formatHex(phases.getLast().policy(StubMeasurement.REGISTER)))
        .isEqualTo(policy);
  }

  /// By `systemd-measure calculate --linux=L --osrel=O --cmdline=C --initrd=I --phase=: --phase=
  /// enter-initrd` of systemd 252, each file holding its section's name.
  @ParameterizedTest
  @CsvSource({
    "SHA256, 1b556ce33b5c0b9772f1ba6fc37e4acb24694c94fcd7920787b8b60a0ff68742, 0c212c"
        + "21e1795710fc1734052c21d41d4814fc2ec2d2348524c44a8397488e6a",
    "SHA384, fc313660280cb57f059517efb41787ef78011916d8b665dff9e87483f68175d7cffdf350"
        + "cef53554093082274beb3f54, 3d0f078f3936f3457b6f30469e59cb0dea7deb5b033dfaf968e6e8"
        + "c06a623a707e85be079eb5bb935f80892407d7b4da",
    "SHA512, 2029c7b54118b1703457655d3171e240c7a7f5fdf38c1d3e18554716a2671037309e2840"
        + "8cdff617456b9e0ee49efe9560e302e46cda575dc4677d0f64b28829, 00b8813f05fc45e206e3c2"
        + "c0922d5fcf71dca498598073caa77b8667ff4778eeb3462a1d74fa743f1f18a737cfec47475a7cae"
        + "ae28cbc79aa14510e4f56a8180"
  })
  void givesWhatSystemdMeasureGives(PcrBank bank, String start, String initrd) throws IOException {
    Map<String, Blob> sections =
        Map.of(
            ".linux", Blob.of(".linux"),
            ".osrel", Blob.of(".osrel"),
            ".cmdline", Blob.of(".cmdline"),
            ".initrd", Blob.of(".initrd"));
    assertThat(StubMeasurement.of(sections, ALL).phases(bank, List.of("enter-initrd")))
        .extracting(Pcr::hex)
        .containsExactly(start, initrd);
  }

  @Test
  void leavesOutEmptySectionsAndThoseThatDoNotCount() throws IOException {
    StubMeasurement plain = StubMeasurement.of(Map.of(".linux", Blob.of("kernel")), ALL);
    StubMeasurement more =
        StubMeasurement.of(
            Map.of(
                ".linux", Blob.of("kernel"),
                ".pcrsig", Blob.of("{}"),
                ".text", Blob.of("code"),
                ".cmdline", Blob.of("")),
            ALL);
    assertThat(more).isEqualTo(plain);
  }

  @Test
  void aProfileStandsForTheBasesSections() throws IOException {
    StubMeasurement base =
        StubMeasurement.of(
            Map.of(
                ".linux", Blob.of("kernel"),
                ".cmdline", Blob.of("a"),
                ".profile", Blob.of("ID=main")),
            ALL);
    Map<String, Blob> profile =
        Map.of(".cmdline", Blob.of("a wipe"), ".profile", Blob.of("ID=reset"));
    StubMeasurement whole =
        StubMeasurement.of(
            Map.of(
                ".linux", Blob.of("kernel"),
                ".cmdline", Blob.of("a wipe"),
                ".profile", Blob.of("ID=reset")),
            ALL);
    assertThat(base.overriddenBy(profile)).isEqualTo(whole).isNotEqualTo(base);
    assertThat(base.overriddenBy(profile).pcr(PcrBank.SHA256))
        .isEqualTo(whole.pcr(PcrBank.SHA256))
        .isNotEqualTo(base.pcr(PcrBank.SHA256));
  }
}
