package imageservice.builder.material;

import imageservice.builder.layers.TreeEntry;
import imageservice.formats.blob.Blob;
import imageservice.plan.Firmware;
import imageservice.plan.Input;
import imageservice.plan.PlannedCommandLine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// The inputs of a plan, fetched.
///
/// @param folders every regular file of each folder, by its path in there
/// @param extensions every entry of the root of each extension's image, by path
/// @param bases by the input that names them; of an image for several architectures, those that the
///   source has all of
/// @param overlays entries of each overlay's image that an installer carries, by path
/// @param sources images as their sources have them
/// @param installed what an overlay's program put on the plan's disk, where the plan asks for that
/// @param commandLines texts of the plan's command lines, completed by an overlay's program where
///   the plan asks for that
public record Material(
    Map<Input.ImageFile, Blob> files,
    Map<Input.ImageFolder, SortedMap<String, Blob>> folders,
    Map<Input.ExtensionImage, SortedMap<String, TreeEntry>> extensions,
    Map<Input.GrubKit, GrubKit> kits,
    Map<Input.BaseImage, BaseImage> bases,
    Map<Input.OverlayImage, SortedMap<String, TreeEntry>> overlays,
    Map<Input.SourceImage, SourceImage> sources,
    Map<Firmware.ByProgram, InstalledFirmware> installed,
    Map<PlannedCommandLine, String> commandLines) {
  public Material {
    sources = Map.copyOf(sources);
    files = Map.copyOf(files);
    folders = Map.copyOf(folders);
    extensions = Map.copyOf(extensions);
    kits = Map.copyOf(kits);
    bases = Map.copyOf(bases);
    overlays = Map.copyOf(overlays);
    installed = Map.copyOf(installed);
    commandLines = Map.copyOf(commandLines);
  }

  /// Without images as their sources have them.
  public Material(
      Map<Input.ImageFile, Blob> files,
      Map<Input.ImageFolder, SortedMap<String, Blob>> folders,
      Map<Input.ExtensionImage, SortedMap<String, TreeEntry>> extensions,
      Map<Input.GrubKit, GrubKit> kits,
      Map<Input.BaseImage, BaseImage> bases,
      Map<Input.OverlayImage, SortedMap<String, TreeEntry>> overlays,
      Map<Firmware.ByProgram, InstalledFirmware> installed,
      Map<PlannedCommandLine, String> commandLines) {
    this(files, folders, extensions, kits, bases, overlays, Map.of(), installed, commandLines);
  }

  public Blob file(Input.ImageFile file) {
    return required(files, file);
  }

  public SortedMap<String, Blob> folder(Input.ImageFolder folder) {
    return required(folders, folder);
  }

  public SortedMap<String, TreeEntry> extension(Input.ExtensionImage image) {
    return required(extensions, image);
  }

  public GrubKit kit(Input.GrubKit kit) {
    return required(kits, kit);
  }

  public BaseImage base(Input.BaseImage base) {
    return required(bases, base);
  }

  public SortedMap<String, TreeEntry> overlay(Input.OverlayImage image) {
    return required(overlays, image);
  }

  public SourceImage source(Input.SourceImage image) {
    return required(sources, image);
  }

  public InstalledFirmware installed(Firmware.ByProgram firmware) {
    return required(installed, firmware);
  }

  public String commandLine(PlannedCommandLine line) {
    return required(commandLines, line);
  }

  /// This material and that of another plan.
  public Material and(Material other) {
    return new Material(
        joined(files, other.files),
        joined(folders, other.folders),
        joined(extensions, other.extensions),
        joined(kits, other.kits),
        joined(bases, other.bases),
        joined(overlays, other.overlays),
        joined(sources, other.sources),
        joined(installed, other.installed),
        joined(commandLines, other.commandLines));
  }

  private static <K, V> Map<K, V> joined(Map<K, V> some, Map<K, V> more) {
    Map<K, V> all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }

  private static <K, V> V required(Map<K, V> fetched, K wanted) {
    return Optional.ofNullable(fetched.get(wanted))
        .orElseThrow(() -> new IllegalStateException("not in the plan: " + wanted));
  }
}
