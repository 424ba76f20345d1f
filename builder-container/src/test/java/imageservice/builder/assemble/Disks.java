package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Asset;
import imageservice.asset.AssetNameGrammar;
import imageservice.builder.material.GrubKit;
import imageservice.builder.material.Material;
import imageservice.builder.material.TestMaterial;
import imageservice.configuration.CanonicalText;
import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.configuration.NamedConfiguration;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.plan.BuildPlan;
import imageservice.plan.Input;
import imageservice.plan.PlanContext;
import imageservice.plan.PlanOutcome;
import imageservice.plan.firmware.OverlayFirmware;
import imageservice.release.CatalogueOverlay;
import imageservice.release.InstallerBase;
import imageservice.release.Release;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Plans of disk images by the text of a configuration, and small material for them, always the
/// same.
final class Disks {
  static final GrubKit KIT =
      new GrubKit(
          Plans.KIT.digest(),
          Plans.KIT.marker(),
          Map.of(
              "boot.img", Plans.bytes(512, 3),
              "core.img", Plans.bytes(60_001, 5),
              "bootx64-disk.efi", Plans.bytes(5_000, 7),
              "bootaa64-disk.efi", Plans.bytes(6_001, 11)));

  /// What the kernel of every plan here is.
  static final Blob KERNEL = Plans.bytes(70_000, 13);

  /// What every blob is that firmware loads from outside of partitions.
  static final Blob U_BOOT = Plans.bytes(900_001, 19);

  private Disks() {}

  static BuildPlan.Disk of(String version, String asset, String document) {
    TalosVersion talos = TalosVersion.parse(version).orElseThrow();
    NamedConfiguration named = named(document);
    PlanOutcome outcome =
        Plans.planner()
            .plan(
                new Asset.Configured(
                    named.id(),
                    talos,
                    ((AssetNameGrammar.Parsed) AssetNameGrammar.parse(asset)).name()),
                new PlanContext(
                    Optional.of(named),
                    new ReleaseIndex(
                        List.of(new Release(talos, Plans.IMAGER)), Optional.of(KIT.digest())),
                    Optional.of(overlays(talos))));
    assertThat(outcome).isInstanceOf(PlanOutcome.Planned.class);
    return (BuildPlan.Disk) ((PlanOutcome.Planned) outcome).plan();
  }

  private static NamedConfiguration named(String document) {
    try {
      Configuration configuration =
          new ConfigurationDecoder(false).decode(document.getBytes(StandardCharsets.UTF_8));
      String text = CanonicalText.write(configuration, Dialect.PRIMARY);
      return new NamedConfiguration(new IdRule.Plain().id(text), text, configuration);
    } catch (InvalidConfigurationException e) {
      throw new IllegalArgumentException(document, e);
    }
  }

  private static ReleaseDocument overlays(TalosVersion version) {
    return new ReleaseDocument(
        version,
        Optional.empty(),
        Optional.of(
            Stream.concat(OverlayFirmware.names().stream().sorted(), Stream.of("mini-board"))
                .map(name -> new CatalogueOverlay(name, "siderolabs/sbc-x", "", Plans.IMAGER))
                .toList()),
        Optional.empty(),
        new InstallerBase.Absent());
  }

  static Extents assembled(BuildPlan.Disk plan) throws IOException {
    return assembled(plan, new SmallFiles());
  }

  static Extents assembled(BuildPlan.Disk plan, TestMaterial.Stock stock) throws IOException {
    Material material = TestMaterial.of(plan, stock);
    return (Extents) new Assembler(Plans.TOOLS).assemble(plan, material).asset();
  }

  /// Every file of its own length by its name, so that a changed path shows.
  static class SmallFiles implements TestMaterial.Stock {
    @Override
    public Blob file(Input.ImageFile file) throws IOException {
      String path = file.path();
      if (path.endsWith("/vmlinuz")) {
        return KERNEL;
      }
      if (path.contains("/u-boot/") || path.contains("/dtb/")) {
        return path.endsWith(".dtb") || path.endsWith("/u-boot.bin") ? Blob.of(path) : U_BOOT;
      }
      return Plans.file(file);
    }

    @Override
    public SortedMap<String, Blob> folder(Input.ImageFolder folder) {
      return new TreeMap<>(
          Map.of(
              "config.txt", Blob.of("of the folder"),
              "start4.elf", Blob.of("start " + folder.path()),
              "overlays/disable-bt.dtbo", Blob.of("overlay")));
    }

    @Override
    public GrubKit kit(Input.GrubKit kit) {
      return KIT;
    }
  }
}
