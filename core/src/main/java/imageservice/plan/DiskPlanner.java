package imageservice.plan;

import imageservice.asset.AssetName;
import imageservice.asset.Target;
import imageservice.plan.PlanOutcome.Planned;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.plan.cmdline.CommandLine;
import java.util.Optional;

/// Plans a disk image.
final class DiskPlanner {
  private DiskPlanner() {}

  static PlanOutcome plan(AssetName.Disk disk, PlanParts parts) {
    Target target = disk.target();
    Loaders loaders =
        Loaders.ofDisk(target, parts.version(), parts.customization(), parts.hasOverlay());
    MetaContent meta = MetaContent.of(parts.customization().meta(), loaders, parts.version());
    Optional<Refused> refusal =
        DiskRefusals.of(target, loaders, parts.version(), parts.customization(), meta);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    DiskShape shape = shape(target, loaders, parts);
    Firmware firmware = parts.firmware(target);
    if (firmware instanceof Firmware.Listed listed && !shape.hasRoomFor(listed.skip())) {
      return DiskRefusals.noRoomForFirmware(parts.version());
    }
    return switch (BootPlanner.plan(loaders, target, CommandLine.Use.DISK_IMAGE, parts)) {
      case BootPlanner.Refused refused -> refused.refusal();
      case BootPlanner.Chosen(Boot boot) ->
          new Planned(
              new BuildPlan.Disk(shape, boot, firmware, meta, disk.format(), disk.compression()));
    };
  }

  private static DiskShape shape(Target target, Loaders loaders, PlanParts parts) {
    long asked = parts.customization().diskImage().sectorSize();
    return DiskShape.of(
        target.platform(),
        target.architecture(),
        parts.version(),
        loaders,
        asked == 0 ? DiskShape.SECTOR : Math.toIntExact(asked));
  }
}
