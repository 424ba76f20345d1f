package imageservice.builder.material;

import imageservice.builder.layers.TreeEntry;
import imageservice.formats.blob.Blob;
import imageservice.plan.Input;
import imageservice.plan.PlannedCommandLine;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// What a plan names, fetched.
///
/// @param extensions every entry of the root of each extension's image, by path
/// @param commandLines the plan's command lines, for which an overlay's program was asked where
///   that is needed
public record Material(
    Map<Input.ImageFile, Blob> files,
    Map<Input.ExtensionImage, SortedMap<String, TreeEntry>> extensions,
    Map<Input.GrubKit, GrubKit> kits,
    Map<PlannedCommandLine, String> commandLines) {
  public Material {
    files = Map.copyOf(files);
    extensions = Map.copyOf(extensions);
    kits = Map.copyOf(kits);
    commandLines = Map.copyOf(commandLines);
  }

  public Blob file(Input.ImageFile file) {
    return planned(files, file);
  }

  public SortedMap<String, TreeEntry> extension(Input.ExtensionImage image) {
    return planned(extensions, image);
  }

  public GrubKit kit(Input.GrubKit kit) {
    return planned(kits, kit);
  }

  public String commandLine(PlannedCommandLine line) {
    return planned(commandLines, line);
  }

  private static <K, V> V planned(Map<K, V> fetched, K wanted) {
    return Optional.ofNullable(fetched.get(wanted))
        .orElseThrow(() -> new IllegalStateException("not in the plan: " + wanted));
  }
}
