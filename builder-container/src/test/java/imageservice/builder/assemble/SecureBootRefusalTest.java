package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.cache.Derived;
import imageservice.builder.material.TestMaterial;
import imageservice.builder.material.UnfitInputException;
import imageservice.builder.sign.BootKeyring;
import imageservice.builder.sign.BootTestKeys;
import imageservice.builder.sign.SigningException;
import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.plan.BuildPlan;
import imageservice.plan.Input;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What nobody can sign, and builders that must not.
final class SecureBootRefusalTest {
  private static final String ISO = "metal-amd64-secureboot.iso";

  @ParameterizedTest
  @CsvSource({"systemd-stub.efi", "systemd-boot.efi"})
  void whatIsNoExecutableIsTold(String name) {
    BuildPlan plan = Plans.of("v1.13.2", "empty", ISO);
    assertThatThrownBy(
            () -> new Assembler(Plans.TOOLS).assemble(plan, TestMaterial.of(plan, new Other(name))))
        .isInstanceOf(MalformedException.class)
        .hasMessage("pe: e_magic at byte 0: is not MZ");
  }

  /// Sizes in its headers have 32 bits.
  @ParameterizedTest
  @CsvSource({
    "metal-amd64-uki.efi, 4294967296",
    "metal-amd64-secureboot-uki.efi, 4294967296",
    "metal-amd64-uki.efi, 4294900000",
    ISO + ", 4294900000"
  })
  void aKernelThatFitsNoUkiIsTold(String name, long length) {
    BuildPlan plan = Plans.of("v1.13.2", "empty", name);
    TestMaterial.Stock stock =
        file ->
            file.path().endsWith("vmlinuz")
                ? Extents.builder().add(Plans.file(file)).zeros(length).build()
                : Plans.file(file);
    assertThatThrownBy(
            () -> new Assembler(Plans.TOOLS).assemble(plan, TestMaterial.of(plan, stock)))
        .isInstanceOf(UnfitInputException.class)
        .hasMessageStartingWith("the UKI: kernel, initramfs and extensions are too large for it: ");
  }

  /// Every file but one is as always.
  private record Other(String name) implements TestMaterial.Stock {
    @Override
    public Blob file(Input.ImageFile file) {
      return file.path().endsWith(name) ? Plans.bytes(5_000, 3) : Plans.file(file);
    }
  }

  @ParameterizedTest
  @CsvSource({"metal-amd64-secureboot-uki.efi", ISO, "metal-arm64-secureboot.raw.zst"})
  void aBuilderWithoutKeysBuildsNothingForSecureBoot(String asset) {
    BuildPlan plan = Plans.of("v1.13.2", "empty", asset);
    assertThatThrownBy(() -> assemble(plan, Optional.empty()))
        .isInstanceOf(SigningException.class)
        .hasMessage(
            "the builder has no keys for secure boot, and the asset is to be signed by %s: give it the keys",
            BootTestKeys.RING.certificate().id());
  }

  @Test
  void aBuilderWithOtherKeysBuildsNothingForSecureBoot() {
    BuildPlan plan = Plans.of("v1.13.2", "empty", ISO);
    BootKeyring ring = BootTestKeys.RING;
    BootKeyring other =
        new BootKeyring(ring.certificate(), ring.boot(), ring.boot(), Optional.empty());
    assertThatThrownBy(() -> assemble(plan, Optional.of(other)))
        .isInstanceOf(SigningException.class)
        .hasMessageStartingWith("the builder's PCR key for secure boot is ")
        .hasMessageEndingWith("give the builder and the functions the two halves of one key");
  }

  private static void assemble(BuildPlan plan, Optional<BootKeyring> keys) throws Exception {
    new Assembler(new Tools(Derived.afresh(), Optional.empty(), keys))
        .assemble(plan, Plans.material(plan));
  }
}
