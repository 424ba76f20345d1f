package imageservice.builder.material;

import imageservice.builder.layers.TreeEntry;
import imageservice.formats.blob.Blob;
import imageservice.plan.Firmware;
import imageservice.plan.Input;
import imageservice.plan.PlannedCommandLine;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// The inputs of a plan, fetched.
///
/// @param folders every regular file of each folder, by its path in there
/// @param extensions every entry of the root of each extension's image, by path
/// @param installed what an overlay's program put on the plan's disk, where the plan asks for that
/// @param commandLines texts of the plan's command lines, completed by an overlay's program where
///   the plan asks for that
public record Material(
    Map<Input.ImageFile, Blob> files,
    Map<Input.ImageFolder, SortedMap<String, Blob>> folders,
    Map<Input.ExtensionImage, SortedMap<String, TreeEntry>> extensions,
    Map<Input.GrubKit, GrubKit> kits,
    Map<Firmware.ByProgram, InstalledFirmware> installed,
    Map<PlannedCommandLine, String> commandLines) {
  public Material {
    files = Map.copyOf(files);
    folders = Map.copyOf(folders);
    extensions = Map.copyOf(extensions);
    kits = Map.copyOf(kits);
    installed = Map.copyOf(installed);
    commandLines = Map.copyOf(commandLines);
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

  public InstalledFirmware installed(Firmware.ByProgram firmware) {
    return required(installed, firmware);
  }

  public String commandLine(PlannedCommandLine line) {
    return required(commandLines, line);
  }

  private static <K, V> V required(Map<K, V> fetched, K wanted) {
    return Optional.ofNullable(fetched.get(wanted))
        .orElseThrow(() -> new IllegalStateException("not in the plan: " + wanted));
  }
}
