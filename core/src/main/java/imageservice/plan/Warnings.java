package imageservice.plan;

import imageservice.asset.AssetName;
import imageservice.asset.Target;
import imageservice.configuration.Configuration;
import imageservice.configuration.Customization;
import imageservice.plan.cmdline.ArgumentWarnings;
import imageservice.plan.cmdline.CommandLine;
import imageservice.release.Capability;
import imageservice.release.ReleaseDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is built, but not as the configuration says: one line each, with the setting, what becomes
/// of it, and what to do. Warnings follow from the request alone; no plan and no key holds them,
/// since configurations that differ in an ignored setting share a plan.
public final class Warnings {
  private Warnings() {}

  /// Those that hold for every version, some of them for certain assets only.
  public static List<String> of(Configuration configuration) {
    Customization customization = configuration.customization();
    List<String> arguments = customization.extraKernelArgs();
    return list(
        Stream.of(
            ArgumentWarnings.grub(arguments),
            ArgumentWarnings.ipxe(arguments),
            ArgumentWarnings.ipxeSettings(arguments),
            ArgumentWarnings.tooMany(arguments),
            SettingWarnings.meta(customization),
            SettingWarnings.extensionNames(customization),
            SettingWarnings.enrolment(customization),
            SettingWarnings.overlayArguments(configuration.overlay())));
  }

  /// Those about one asset. Kernel and initramfs are parts of what a machine boots; what they leave
  /// out is in the command line.
  ///
  /// @param document of the requested version; empty where the request does without
  /// @param bootKeys that sign assets for secure boot
  static List<String> of(
      PlanRequest request, Optional<ReleaseDocument> document, Optional<BootKeys> bootKeys) {
    List<String> all = new ArrayList<>(of(request, document));
    enrolled(request)
        .flatMap(name -> SettingWarnings.wellKnown(name, request.customization(), bootKeys))
        .ifPresent(all::add);
    return List.copyOf(all);
  }

  /// The asset where it enrols keys.
  private static Optional<AssetName.ForTarget> enrolled(PlanRequest request) {
    return request.name() instanceof AssetName.ForTarget asset
            && asset.target().secureBoot()
            && (asset instanceof AssetName.Iso || asset instanceof AssetName.Disk)
        ? Optional.of(asset)
        : Optional.empty();
  }

  private static List<String> of(PlanRequest request, Optional<ReleaseDocument> document) {
    return switch (request.name()) {
      case AssetName.Cmdline cmdline -> commandLine(cmdline, request);
      case AssetName.Iso iso -> iso(iso, request, document);
      case AssetName.Uki uki -> uki(uki, request, document);
      case AssetName.Kernel ignored -> List.of();
      case AssetName.Initramfs ignored -> List.of();
      case AssetName.Installer installer -> installer(installer, request, document);
      case AssetName.Disk disk -> disk(disk, request, document);
    };
  }

  private static List<String> commandLine(AssetName.Cmdline cmdline, PlanRequest request) {
    List<String> arguments = request.customization().extraKernelArgs();
    String line = line(cmdline.target(), CommandLine.Use.TEXT, request);
    return list(
        Stream.of(
            ArgumentWarnings.cut(line),
            ArgumentWarnings.ipxe(arguments),
            ArgumentWarnings.ipxeSettings(arguments),
            ArgumentWarnings.takenApart(arguments, line),
            SettingWarnings.meta(request.customization()),
            SettingWarnings.overlayArguments(request.configuration().overlay())));
  }

  private static List<String> iso(
      AssetName.Iso iso, PlanRequest request, Optional<ReleaseDocument> document) {
    Customization customization = request.customization();
    List<String> arguments = customization.extraKernelArgs();
    boolean hasGrub = Loaders.of(iso.target(), request.version(), customization).haveGrub();
    return list(
        Stream.of(
            hasGrub ? ArgumentWarnings.grub(arguments) : Optional.empty(),
            ArgumentWarnings.takenApart(
                arguments, line(iso.target(), CommandLine.Use.ISO, request)),
            SettingWarnings.meta(customization),
            SettingWarnings.bootloader(iso.target(), request.version(), customization),
            SettingWarnings.secureBoot(iso.target(), customization),
            overlayImage(request, document)));
  }

  /// META has a partition there, so no text ends its values; the boot loader is the one asked for.
  private static List<String> disk(
      AssetName.Disk disk, PlanRequest request, Optional<ReleaseDocument> document) {
    Customization customization = request.customization();
    List<String> arguments = customization.extraKernelArgs();
    Loaders loaders =
        Loaders.ofDisk(
            disk.target(),
            request.version(),
            customization,
            !request.configuration().overlay().isNone());
    return list(
        Stream.of(
            loaders.haveGrub() ? ArgumentWarnings.grub(arguments) : Optional.empty(),
            ArgumentWarnings.takenApart(
                arguments, line(disk.target(), CommandLine.Use.DISK_IMAGE, request)),
            SettingWarnings.smallFat(loaders, customization),
            SettingWarnings.bootloaderOfDisk(disk.target(), customization),
            SettingWarnings.secureBoot(disk.target(), customization),
            overlayImage(request, document)));
  }

  private static List<String> uki(
      AssetName.Uki uki, PlanRequest request, Optional<ReleaseDocument> document) {
    Customization customization = request.customization();
    List<String> arguments = customization.extraKernelArgs();
    boolean takesArguments =
        uki.target().secureBoot() || Capability.UNIFIED_INSTALLER.in(request.version());
    return list(
        Stream.of(
            takesArguments
                ? ArgumentWarnings.takenApart(
                    arguments, line(uki.target(), CommandLine.Use.UKI, request))
                : SettingWarnings.argumentsLeftOut(uki, request.version(), customization),
            SettingWarnings.metaLeftOut(uki, customization),
            SettingWarnings.enrolmentLeftOut(uki, customization),
            overlayImage(request, document)));
  }

  private static List<String> installer(
      AssetName.Installer installer, PlanRequest request, Optional<ReleaseDocument> document) {
    Customization customization = request.customization();
    List<String> arguments = customization.extraKernelArgs();
    boolean takesArguments =
        installer.target().secureBoot() || Capability.UNIFIED_INSTALLER.in(request.version());
    return list(
        Stream.of(
            takesArguments
                ? ArgumentWarnings.takenApart(
                    arguments, line(installer.target(), CommandLine.Use.INSTALLER, request))
                : SettingWarnings.argumentsOfInstaller(request.version(), customization),
            SettingWarnings.metaOfInstaller(customization),
            SettingWarnings.enrolmentLeftOut(installer, customization),
            overlayImage(request, document)));
  }

  private static Optional<String> overlayImage(
      PlanRequest request, Optional<ReleaseDocument> document) {
    return SettingWarnings.overlayImage(
        request.configuration().overlay(),
        document.flatMap(written -> written.overlay(request.configuration().overlay().name())));
  }

  /// The command line without an overlay's arguments.
  private static String line(Target target, CommandLine.Use use, PlanRequest request) {
    return CommandLine.of(target, request.version(), use, request.customization(), "");
  }

  private static List<String> list(Stream<Optional<String>> warnings) {
    return warnings.flatMap(Optional::stream).toList();
  }
}
