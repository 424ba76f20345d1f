package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.plan.BuildPlan;
import imageservice.release.Digest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The bytes of every output, pinned beside the revision of its recipe.
final class ReproducibilityTest {
  private static final int LARGEST = 64 << 20;

  @ParameterizedTest
  @CsvSource({
    "v1.7.6, initramfs-amd64.xz, initramfs/2, 0589de580e61188ca0cf808ba0097dd9e35f48f8cc40f4b81e52107101604ff0",
    "v1.9.5, initramfs-amd64.xz, initramfs/2, 2ed673bf73555ccd2b8221c16e5787763022509a2bb1d4a0ec8615059c2df008",
    "v1.5.5, metal-amd64.iso, grub-iso/3, 8601ab9fab824b1cd1b237b7041d512aec200e5e7eb8db3569dfa76129e29701",
    "v1.9.5, metal-amd64.iso, grub-iso/3, 7e37eadb4ca9db4f121af60d769035f409aece88d10d0a8e496034a85b86eaa9",
    "v1.9.5, metal-amd64-uki.efi, uki/2, ccb574bbc5ef702d0e8e9888bb93e845451bba0817d116d54f33d1cf64e0eb3a",
    "v1.11.0, metal-arm64-uki.efi, uki/2, a81089713c65ea629237e2ceaa383ca8b741f96316b90e54fc7387ada7884257",
    "v1.11.0, metal-amd64.iso, hybrid-iso/3, 305572d3f6e437788b2fc6239e4bd2186c08edc80a238b86d32e2ff70e68a5f0",
    "v1.13.2, metal-arm64.iso, systemd-boot-iso/3, f518abdf2f50addc272626c2bb4ed8b2b525592c418c2bc73d4b7e12996af656",
    "v1.9.5, metal-amd64-secureboot-uki.efi, uki/2, e09da918afd29d1ad71ce1d3f5d169254ca21ddd5ff77adc80385ea1787666d4",
    "v1.13.2, metal-arm64-secureboot.iso, systemd-boot-iso/3, 6d68b104054d5107781c1d84db0e9fffd91c50ca539779f0a1bf29817026566c",
    "v1.9.5, kernel-amd64, kernel/1, 6e4bff4d64253fa6f092624d0ac717eae18f5a895babdb509f363a89e996b87d",
    "v1.9.5, cmdline-metal-amd64, cmdline/2, 99f404acd545806a5338400cee4e7e5d47ecc08edbe5c5ecb3cfc829649e3184"
  })
  void bytesChangeOnlyWithTheRecipe(String version, String asset, String recipe, String sha256)
      throws IOException {
    BuildPlan plan = Plans.of(version, "args", asset);
    assertThat(plan.recipe() + " " + Digest.of(assembled(plan)).hex())
        .as(
            "%s of %s: where its bytes change on purpose, raise its number in"
                + " imageservice.plan.Recipe in the same commit, and pin both here",
            asset, version)
        .isEqualTo(recipe + " " + sha256);
  }

  @Test
  void theSamePlanGivesTheSameBytesTwice() throws IOException {
    for (String version : new String[] {"v1.9.5", "v1.11.0", "v1.13.2"}) {
      for (String asset :
          new String[] {"initramfs-arm64.xz", "metal-arm64-uki.efi", "metal-arm64.iso"}) {
        assertThat(assembled(Plans.of(version, "args", asset)))
            .isEqualTo(assembled(Plans.of(version, "args", asset)));
      }
    }
  }

  @Test
  void anAssetReadsTheSameAgain() throws IOException {
    Blob iso = blob(Plans.of("v1.9.5", "args", "metal-amd64.iso"));
    assertThat(iso.bytes(LARGEST)).hasSize((int) iso.length()).isEqualTo(iso.bytes(LARGEST));
  }

  private static byte[] assembled(BuildPlan plan) throws IOException {
    return blob(plan).bytes(LARGEST);
  }

  private static Blob blob(BuildPlan plan) throws IOException {
    return new Assembler(Plans.TOOLS).assemble(plan, Plans.material(plan)).asset();
  }
}
