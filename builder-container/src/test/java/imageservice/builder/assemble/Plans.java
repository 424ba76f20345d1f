package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Asset;
import imageservice.asset.AssetName;
import imageservice.asset.AssetNameGrammar;
import imageservice.asset.Platform;
import imageservice.builder.cache.Derived;
import imageservice.builder.material.GrubKit;
import imageservice.builder.material.Material;
import imageservice.builder.material.TestMaterial;
import imageservice.builder.sign.BootTestKeys;
import imageservice.configuration.CanonicalText;
import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.configuration.NamedConfiguration;
import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Stubs;
import imageservice.plan.BuildPlan;
import imageservice.plan.Input;
import imageservice.plan.PlanContext;
import imageservice.plan.PlanOutcome;
import imageservice.plan.Planner;
import imageservice.release.Digest;
import imageservice.release.Release;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plans as the reference service would be asked for them, and small inputs for them, always the
/// same.
final class Plans {
  static final Digest IMAGER = Digest.of("imager".getBytes(StandardCharsets.UTF_8));
  static final GrubKit KIT =
      new GrubKit(
          Digest.of("kit".getBytes(StandardCharsets.UTF_8)),
          "/.disk/image-service.uuid",
          Map.of(
              "boot_hybrid.img", bytes(512, 3),
              "eltorito.img", bytes(3001, 5),
              "bootx64.efi", bytes(5000, 7),
              "bootaa64.efi", bytes(6001, 11)));

  static final Tools TOOLS =
      new Tools(Derived.afresh(), Optional.empty(), Optional.of(BootTestKeys.RING));

  private Plans() {}

  /// The plan for an asset.
  ///
  /// @param configuration name of one of the golden configurations
  static BuildPlan of(String version, String configuration, String asset) {
    TalosVersion talos = TalosVersion.parse(version).orElseThrow();
    NamedConfiguration named = named(configuration);
    return plan(named, new Asset.Configured(named.id(), talos, name(asset)));
  }

  /// The plan for an installer's image for both architectures.
  ///
  /// @param configuration name of one of the golden configurations
  static BuildPlan.InstallerImage image(String version, String configuration, Platform platform) {
    return image(version, configuration, platform, false);
  }

  static BuildPlan.InstallerImage image(
      String version, String configuration, Platform platform, boolean secureBoot) {
    TalosVersion talos = TalosVersion.parse(version).orElseThrow();
    NamedConfiguration named = named(configuration);
    return (BuildPlan.InstallerImage)
        plan(named, new Asset.InstallerImage(named.id(), talos, platform, secureBoot));
  }

  private static BuildPlan plan(NamedConfiguration named, Asset asset) {
    TalosVersion talos = asset.version();
    ReleaseIndex index =
        new ReleaseIndex(List.of(new Release(talos, IMAGER)), Optional.of(KIT.digest()));
    PlanOutcome outcome =
        planner()
            .plan(
                asset,
                new PlanContext(
                    Optional.of(named), index, Optional.of(MiniExtensions.catalogue(talos))));
    assertThat(outcome).isInstanceOf(PlanOutcome.Planned.class);
    return ((PlanOutcome.Planned) outcome).plan();
  }

  /// With keys for secure boot.
  static Planner planner() {
    try {
      return new Planner(
          "http://127.0.0.1:8090/", Optional.of(BootTestKeys.RING.keys()), true, Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NamedConfiguration named(String name) {
    try {
      Configuration configuration =
          new ConfigurationDecoder(false)
              .decode(Golden.text("schematics/" + name + ".yaml").getBytes(StandardCharsets.UTF_8));
      String text = CanonicalText.write(configuration, Dialect.PRIMARY);
      return new NamedConfiguration(new IdRule.Plain().id(text), text, configuration);
    } catch (InvalidConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  private static AssetName name(String asset) {
    return ((AssetNameGrammar.Parsed) AssetNameGrammar.parse(asset)).name();
  }

  /// The kernel, the initramfs, the stub and boot loader, and the kit of a plan.
  static Material material(BuildPlan plan) throws IOException {
    return TestMaterial.of(plan, new SmallFiles());
  }

  static Blob file(Input.ImageFile file) {
    int machine = file.path().contains("/arm64/") ? Stubs.ARM64 : Stubs.AMD64;
    return switch (file.path().substring(file.path().lastIndexOf('/') + 1)) {
      case "vmlinuz" -> bytes(70_000, 13);
      case "systemd-stub.efi", "systemd-boot.efi" -> Stubs.small(machine);
      default -> bytes(40_000, 17);
    };
  }

  private record SmallFiles() implements TestMaterial.Stock {
    @Override
    public Blob file(Input.ImageFile file) {
      return Plans.file(file);
    }

    @Override
    public GrubKit kit(Input.GrubKit kit) {
      assertThat(kit.kit()).isEqualTo(KIT.digest());
      return KIT;
    }
  }

  static Blob bytes(int length, int factor) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * factor + (i >> 8));
    }
    return Blob.of(bytes);
  }
}
