package imageservice.builder.material;

import imageservice.builder.layers.TreeEntry;
import imageservice.formats.blob.Blob;
import imageservice.plan.BuildPlan;
import imageservice.plan.Firmware;
import imageservice.plan.Input;
import imageservice.plan.OverlayInstallation;
import imageservice.plan.PlannedCommandLine;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Material of plans, out of a test's own stock. Overlays' programs add nothing to command lines.
public final class TestMaterial {
  public static final Material NONE =
      new Material(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  private TestMaterial() {}

  /// What a test has; all that it does not override is not in its plans.
  public interface Stock {
    Blob file(Input.ImageFile file) throws IOException;

    default SortedMap<String, TreeEntry> extension(Input.ExtensionImage image) throws IOException {
      throw new AssertionError("no plan here has extensions: " + image);
    }

    default SortedMap<String, Blob> folder(Input.ImageFolder folder) {
      throw new AssertionError("no plan here has folders: " + folder);
    }

    default BaseImage base(Input.BaseImage base) throws IOException {
      throw new AssertionError("no plan here has a base: " + base);
    }

    default SortedMap<String, TreeEntry> overlay(Input.OverlayImage image) throws IOException {
      throw new AssertionError("no plan here carries an overlay: " + image);
    }

    default InstalledFirmware installed(Firmware.ByProgram firmware) {
      throw new AssertionError("no plan here asks a program: " + firmware);
    }

    default GrubKit kit(Input.GrubKit kit) {
      throw new AssertionError("no plan here has a kit: " + kit);
    }
  }

  private static List<PlannedCommandLine> commandLines(BuildPlan plan) {
    return plan instanceof BuildPlan.InstallerImage image
        ? image.contents().stream().flatMap(each -> each.commandLine().stream()).toList()
        : plan.commandLine().stream().toList();
  }

  public static Material of(BuildPlan plan, Stock stock) throws IOException {
    Map<Input.ImageFile, Blob> files = new HashMap<>();
    Map<Input.ImageFolder, SortedMap<String, Blob>> folders = new HashMap<>();
    Map<Input.ExtensionImage, SortedMap<String, TreeEntry>> extensions = new HashMap<>();
    Map<Input.GrubKit, GrubKit> kits = new HashMap<>();
    Map<Input.BaseImage, BaseImage> bases = new HashMap<>();
    Map<Input.OverlayImage, SortedMap<String, TreeEntry>> overlays = new HashMap<>();
    for (Input input : plan.inputs()) {
      switch (input) {
        case Input.ImageFile file -> files.put(file, stock.file(file));
        case Input.ImageFolder folder -> folders.put(folder, stock.folder(folder));
        case Input.ExtensionImage image -> extensions.put(image, stock.extension(image));
        case Input.BaseImage base -> bases.put(base, stock.base(base));
        case Input.OverlayImage overlay -> overlays.put(overlay, stock.overlay(overlay));
        case Input.SourceImage source ->
            throw new IllegalArgumentException("fetched, not stocked: " + source);
        case Input.GrubKit kit -> kits.put(kit, stock.kit(kit));
      }
    }
    Map<PlannedCommandLine, String> lines = new HashMap<>();
    for (PlannedCommandLine line : commandLines(plan)) {
      lines.put(line, line.planned());
    }
    Map<Firmware.ByProgram, InstalledFirmware> installed = new HashMap<>();
    plan.installation()
        .map(OverlayInstallation::firmware)
        .ifPresent(firmware -> installed.put(firmware, stock.installed(firmware)));
    return new Material(files, folders, extensions, kits, bases, overlays, installed, lines);
  }
}
