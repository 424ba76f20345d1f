package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.sign.BootTestKeys;
import imageservice.formats.testing.Judge;
import imageservice.ledger.Measurement;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What systemd's own programs say of an image for secure boot: its sections, what its stub will
/// measure, and what is signed of that.
@Tag("tool")
final class SystemdToolTest {
  private static final Pattern SECTION =
      Pattern.compile("(?m)^(\\.\\w+):\\n  size: (\\d+) bytes\\n  sha256: (\\w{64})$");
  private static final Pattern VALUE =
      Pattern.compile("\\{(?:\"phase\":\"([^\"]*)\",)?\"pcr\":11,\"hash\":\"(\\w{64})\"}");

  /// In the words of systemd-measure's option.
  private static final List<String> PHASES =
      List.of(
          "",
          "enter-initrd",
          "enter-initrd:leave-initrd",
          "enter-initrd:leave-initrd:enter-machined");

  private static final List<String> BANKS =
      List.of("--bank=sha256", "--bank=sha384", "--bank=sha512");

  @TempDir Path folder = Path.of("unset");

  @ParameterizedTest
  @CsvSource({
    "v1.5.5, metal-amd64-secureboot-uki.efi, 11",
    "v1.13.2, metal-amd64-secureboot-uki.efi, 12",
    "v1.13.2, metal-amd64-secureboot.iso, 15",
    "v1.13.2, metal-arm64-secureboot.iso, 14"
  })
  void ukifyReadsEverySection(String version, String asset, int count) throws IOException {
    SignedUki uki = uki(version, asset);
    String report =
        Judge.named("ukify").run("--all", "inspect", uki.file().toString()).accepted().output();
    List<String> found = new ArrayList<>();
    Matcher section = SECTION.matcher(report);
    while (section.find()) {
      found.add(section.group(1) + " " + section.group(2) + " " + section.group(3));
    }
    List<String> expected = new ArrayList<>();
    for (SignedUki.Section each : uki.sections()) {
      byte[] content = each.bytes();
      expected.add("%s %d %s".formatted(each.name(), content.length, Digest.of(content).hex()));
    }
    assertThat(found).hasSize(count).containsExactlyElementsOf(expected);
  }

  /// Policies and signatures of all banks and profiles, to the letter.
  @ParameterizedTest
  @CsvSource({
    "v1.5.5, metal-amd64-secureboot-uki.efi, 1",
    "v1.9.5, metal-amd64-secureboot.iso, 1",
    "v1.13.2, metal-amd64-secureboot.iso, 2",
    "v1.13.2, metal-arm64-secureboot.raw.zst, 2"
  })
  void systemdSignsTheSamePolicies(String version, String asset, int count) throws IOException {
    Files.writeString(folder.resolve("key.pem"), BootTestKeys.PCR_KEY);
    List<SignedUki.Profile> profiles = uki(version, asset).profiles();
    assertThat(profiles).hasSize(count);
    for (SignedUki.Profile profile : profiles) {
      Files.write(folder.resolve("public.pem"), profile.sections().get(".pcrpkey"));
      List<String> sign =
          new ArrayList<>(
              List.of(
                  "sign",
                  "--json=short",
                  "--phase=" + PHASES.getLast(),
                  "--private-key=key.pem",
                  "--public-key=public.pem"));
      sign.addAll(BANKS);
      assertThat(measure(sign, profile).strip()).as(profile.id()).isEqualTo(profile.signatures());
    }
  }

  /// What is told of an asset, for verifiers.
  @Test
  void systemdCalculatesTheSameRegisters() throws IOException {
    SignedUki uki = uki("v1.13.2", "metal-amd64-secureboot.iso");
    List<Measurement> calculated = new ArrayList<>();
    for (SignedUki.Profile profile : uki.profiles()) {
      List<String> calculate =
          new ArrayList<>(List.of("calculate", "--json=short", "--bank=sha256"));
      PHASES.forEach(phase -> calculate.add("--phase=" + phase));
      Matcher value = VALUE.matcher(measure(calculate, profile));
      while (value.find()) {
        String phase = Objects.requireNonNullElse(value.group(1), ""); // left out where it is empty
        calculated.add(new Measurement(profile.id(), phase, "sha256", 11, value.group(2)));
      }
    }
    assertThat(uki.product().measurements())
        .hasSize(2 * PHASES.size())
        .containsExactlyInAnyOrderElementsOf(calculated);
  }

  private String measure(List<String> command, SignedUki.Profile profile) throws IOException {
    List<String> arguments = new ArrayList<>(command);
    for (Map.Entry<String, byte[]> section : profile.sections().entrySet()) {
      String name = section.getKey().substring(1);
      Files.write(folder.resolve(name), section.getValue());
      arguments.add("--%s=%s".formatted(name, name));
    }
    return Judge.named("systemd-measure").run(folder, Map.of(), arguments).accepted().output();
  }

  private SignedUki uki(String version, String asset) throws IOException {
    return SignedUki.of(Plans.of(version, "empty", asset), folder.resolve("uki.efi"));
  }
}
