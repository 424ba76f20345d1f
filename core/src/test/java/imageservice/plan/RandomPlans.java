package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.asset.Compression;
import imageservice.asset.DiskFormat;
import imageservice.configuration.MetaValue;
import imageservice.plan.cmdline.OpenCommandLine;
import imageservice.release.TalosVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Plans of every kind, each field at random.
final class RandomPlans {
  private RandomPlans() {}

  static BuildPlan plan(Random random) {
    return switch (random.nextInt(13)) {
      case 0 -> new BuildPlan.Kernel(file(text(random)));
      case 1 -> new BuildPlan.Cmdline(text(random));
      case 2 -> new BuildPlan.Initramfs(initramfs(random));
      case 3 ->
          new BuildPlan.Iso(
              label(random),
              new Boot.Grub(
                  file(text(random)),
                  initramfs(random),
                  commandLine(random),
                  random.nextBoolean(),
                  kit(random)));
      case 4 -> new BuildPlan.Uki(uki(random));
      case 5 -> new BuildPlan.Iso(label(random), systemdBoot(random));
      case 6 ->
          new BuildPlan.Iso(
              label(random), new Boot.Both(systemdBoot(random), random.nextBoolean(), kit(random)));
      case 7 -> disk(random);
      case 8 -> new BuildPlan.InstallerArchive(installer(random), text(random));
      case 9 ->
          new BuildPlan.InstallerImage(
              List.of(installer(random), installer(random)),
              random.nextBoolean()
                  ? Optional.of(new Signing(PlanRequests.digest("key"), text(random)))
                  : Optional.empty());
      case 10 ->
          new BuildPlan.SourceImage(new Input.SourceImage(text(random), PlanRequests.digest("s")));
      case 11 -> new BuildPlan.Attestation(text(random), PlanRequests.digest("key"));
      default -> new BuildPlan.Talosctl(file(text(random)));
    };
  }

  static BuildPlan.Disk disk(Random random) {
    return new BuildPlan.Disk(
        new DiskShape(
            one(random, Architecture.values()),
            random.nextInt(99_999),
            DiskShape.LARGE_SECTOR,
            random.nextInt(9_999),
            random.nextBoolean()),
        systemdBoot(random),
        firmware(random),
        new MetaContent(List.of(new MetaValue(random.nextInt(256), text(random)))),
        one(random, DiskFormat.values()),
        one(random, Compression.values()));
  }

  static InstallerContent installer(Random random) {
    Architecture architecture = one(random, Architecture.values());
    return new InstallerContent(
        new Input.BaseImage(text(random), PlanRequests.digest("base"), architecture),
        random.nextBoolean()
            ? new InstallerContent.Separate(file(text(random)), initramfs(random))
            : new InstallerContent.Unified(systemdBoot(random)),
        random.nextBoolean()
            ? Optional.of(
                new InstallerContent.CarriedOverlay(
                    new Input.OverlayImage(
                        text(random), text(random), PlanRequests.digest("o"), architecture),
                    text(random)))
            : Optional.empty());
  }

  private static Firmware firmware(Random random) {
    return random.nextBoolean()
        ? listed(random)
        : new Firmware.ByProgram(program(random), folder(random));
  }

  private static OverlayProgram program(Random random) {
    return new OverlayProgram(file(text(random)), text(random));
  }

  private static Input.ImageFolder folder(Random random) {
    return new Input.ImageFolder(text(random), PlanRequests.digest("f"), text(random));
  }

  private static Firmware.Listed listed(Random random) {
    return new Firmware.Listed(
        random.nextInt(99_999),
        random.nextBoolean()
            ? Optional.of(new Firmware.RawFile(file(text(random)), random.nextInt(99_999)))
            : Optional.empty(),
        List.of(new Firmware.PlacedFile(text(random), file(text(random)))),
        List.of(folder(random)),
        optional(random));
  }

  private static Boot.SystemdBoot systemdBoot(Random random) {
    return new Boot.SystemdBoot(
        uki(random),
        file(text(random)),
        random.nextBoolean()
            ? Optional.of(new Enrolment(one(random, Enrolment.Mode.values()), random.nextBoolean()))
            : Optional.empty());
  }

  private static VolumeLabel label(Random random) {
    return new VolumeLabel(text(random), text(random));
  }

  private static Input.GrubKit kit(Random random) {
    return new Input.GrubKit(PlanRequests.digest(text(random)));
  }

  private static UkiContent uki(Random random) {
    List<UkiProfile> profiles = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      profiles.add(new UkiProfile(text(random), optional(random), optional(random)));
    }
    return new UkiContent(
        version(random),
        file(text(random)),
        file(text(random)),
        initramfs(random),
        commandLine(random),
        profiles,
        random.nextBoolean() ? Optional.of(secureBoot(random)) : Optional.empty());
  }

  private static SecureBoot secureBoot(Random random) {
    EnrolmentFiles<String> files = new EnrolmentFiles<>(text(random), text(random), text(random));
    return new SecureBoot(
        PlanRequests.digest(text(random)),
        PlanRequests.digest(text(random)),
        random.nextBoolean() ? Optional.of(files.map(PlanRequests::digest)) : Optional.empty());
  }

  private static PlannedCommandLine commandLine(Random random) {
    return random.nextBoolean()
        ? new PlannedCommandLine.Settled(text(random))
        : new PlannedCommandLine.WithOverlay(
            program(random),
            new OpenCommandLine(text(random), text(random), List.of(text(random), text(random))));
  }

  static InitramfsContent initramfs(Random random) {
    List<Extension> extensions = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      extensions.add(random.nextBoolean() ? packaged(random) : synthetic(random));
    }
    return new InitramfsContent(
        version(random),
        file(text(random)),
        file(text(random)),
        random.nextBoolean(),
        one(random, AddOnCompression.values()),
        extensions);
  }

  private static Extension packaged(Random random) {
    return new Extension.Packaged(
        new Input.ExtensionImage(
            text(random),
            PlanRequests.digest(text(random)),
            one(random, Architecture.values()),
            optional(random)));
  }

  private static Extension synthetic(Random random) {
    return new Extension.Synthetic(
        new ExtensionManifest(
            text(random), text(random), text(random), text(random), text(random), optional(random)),
        List.of(
            new Extension.SyntheticFile(
                text(random), text(random), random.nextInt(07777), optional(random))));
  }

  private static Input.ImageFile file(String path) {
    return new Input.ImageFile("imager", PlanRequests.digest("file"), path);
  }

  private static <T> T one(Random random, T[] all) {
    return all[random.nextInt(all.length)];
  }

  private static Optional<String> optional(Random random) {
    return random.nextBoolean() ? Optional.of(text(random)) : Optional.empty();
  }

  private static TalosVersion version(Random random) {
    return PlanRequests.version("v1." + random.nextInt(20) + "." + random.nextInt(9));
  }

  private static String text(Random random) {
    String alphabet = "az09 \"\\/{}[]:,\n\r\t\u0000\u001f\u007f\u00e9\u2028\ufeff";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.append(random.nextBoolean() ? "\ud83d\ude00" : "").toString();
  }
}
