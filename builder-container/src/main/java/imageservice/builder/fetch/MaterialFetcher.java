package imageservice.builder.fetch;

import imageservice.asset.Architecture;
import imageservice.builder.cache.Derived;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.layers.Wanted;
import imageservice.builder.material.Fetching;
import imageservice.builder.material.GrubKit;
import imageservice.builder.material.GrubKitException;
import imageservice.builder.material.InstalledFirmware;
import imageservice.builder.material.Material;
import imageservice.builder.material.MaterialSource;
import imageservice.builder.material.UnfitInputException;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;
import imageservice.builder.overlay.OverlayPrograms;
import imageservice.formats.blob.Blob;
import imageservice.plan.BuildPlan;
import imageservice.plan.Firmware;
import imageservice.plan.Input;
import imageservice.plan.OverlayInstallation;
import imageservice.plan.PlannedCommandLine;
import imageservice.release.CatalogueNames;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Fetches the material of plans: out of container images, and from the builder's GRUB kit. The
/// layer that holds a release's kernels and initramfs images is streamed once and all of these are
/// kept in the cache, as later plans need the others. An overlay's program is asked once for each
/// plan.
public final class MaterialFetcher implements MaterialSource {
  private static final String INSTALL_FOLDER = "usr/install";

  private final OciImages images;
  private final Optional<GrubKit> kit;
  private final OverlayPrograms programs;
  private final Derived derived;

  /// @param derived keeps what overlays' programs put on disks
  public MaterialFetcher(
      OciImages images, Optional<GrubKit> kit, OverlayPrograms programs, Derived derived) {
    this.images = images;
    this.kit = kit;
    this.programs = programs;
    this.derived = derived;
  }

  @Override
  public Material fetch(BuildPlan plan) throws IOException {
    return fetch(plan.inputs(), plan.commandLine(), plan.installation());
  }

  @Override
  public Fetching watch(BuildPlan plan) {
    Map<Digest, String> names = new HashMap<>();
    for (Input input : plan.inputs()) {
      switch (input) {
        case Input.ImageFile file -> names.put(file.image(), file.repository());
        case Input.ImageFolder folder -> names.put(folder.image(), folder.repository());
        case Input.ExtensionImage image -> names.put(image.image(), image.name());
        case Input.GrubKit ignored -> {
          // lies in a folder of the builder
        }
      }
    }
    return images.watch(names);
  }

  Material fetch(
      List<Input> inputs,
      Optional<PlannedCommandLine> commandLine,
      Optional<OverlayInstallation> installation)
      throws IOException {
    Map<Input.ImageFile, Blob> files = new HashMap<>();
    Map<Input.ImageFolder, SortedMap<String, Blob>> folders = new HashMap<>();
    Map<Input.ExtensionImage, SortedMap<String, TreeEntry>> extensions = new HashMap<>();
    Map<Input.GrubKit, GrubKit> kits = new HashMap<>();
    for (Input input : inputs) {
      switch (input) {
        case Input.ImageFile file -> files.put(file, fetch(file));
        case Input.ImageFolder folder -> folders.put(folder, fetch(folder));
        case Input.ExtensionImage image -> extensions.put(image, fetch(image));
        case Input.GrubKit wanted -> kits.put(wanted, required(wanted));
      }
    }
    OverlayMaterial overlay = new OverlayMaterial(programs, derived, files);
    Map<PlannedCommandLine, String> commandLines = new HashMap<>();
    if (commandLine.isPresent()) {
      commandLines.put(commandLine.get(), overlay.commandLine(commandLine.get()));
    }
    Map<Firmware.ByProgram, InstalledFirmware> installed = new HashMap<>();
    if (installation.isPresent()) {
      Firmware.ByProgram firmware = installation.get().firmware();
      SortedMap<String, Blob> artifacts = Objects.requireNonNull(folders.get(firmware.artifacts()));
      installed.put(firmware, overlay.installed(installation.get(), artifacts));
    }
    return new Material(files, folders, extensions, kits, installed, commandLines);
  }

  private Blob fetch(Input.ImageFile file) throws IOException {
    OciImage image = OciImage.of(file.repository(), file.image());
    Wanted wanted = new Wanted(Set.of(file.path()), folders(file));
    Blob blob = images.files(image, Architecture.AMD64, wanted).get(file.path());
    if (blob == null) {
      throw new UnfitInputException("%s: /%s is not a regular file".formatted(image, file.path()));
    }
    return blob;
  }

  private SortedMap<String, Blob> fetch(Input.ImageFolder folder) throws IOException {
    OciImage image = OciImage.of(folder.repository(), folder.image());
    String prefix = folder.path() + "/";
    SortedMap<String, Blob> files = new TreeMap<>();
    images
        .files(image, Architecture.AMD64, new Wanted(Set.of(), Set.of(folder.path())))
        .forEach((path, content) -> {
          if (path.startsWith(prefix)) {
            files.put(path.substring(prefix.length()), content);
          }
        });
    if (files.isEmpty()) {
      throw new UnfitInputException("%s: /%s has no files".formatted(image, folder.path()));
    }
    return files;
  }

  private static Set<String> folders(Input.ImageFile file) {
    return file.path().startsWith(INSTALL_FOLDER) ? Set.of(INSTALL_FOLDER) : Set.of();
  }

  /// The root of an extension's image. An image that is missing, malformed or too large is an unfit
  /// input: another attempt would fail as well, until the person leaves the extension out.
  private SortedMap<String, TreeEntry> fetch(Input.ExtensionImage extension) throws IOException {
    String repository =
        CatalogueNames.repository(extension.name())
            .orElseThrow(() ->
                new UnfitInputException(
                    "extension \"%s\" is not below the source's prefix"
                        .formatted(extension.name())));
    OciImage image = OciImage.of(repository, extension.image());
    try {
      if (!images.isFor(image, extension.architecture())) {
        throw otherArchitecture(extension);
      }
      return images.tree(image, extension.architecture(), Wanted.everything());
    } catch (SourceException.NoPlatform e) {
      throw otherArchitecture(extension);
    } catch (SourceException.Malformed | SourceException.TooLarge | SourceException.NotFound e) {
      throw new UnfitInputException(
          "extension \"%s\": %s".formatted(extension.name(), e.getMessage()));
    }
  }

  private static UnfitInputException otherArchitecture(Input.ExtensionImage extension) {
    return new UnfitInputException(
        "extension \"%s\" has no %s build".formatted(extension.name(), extension.architecture()));
  }

  private GrubKit required(Input.GrubKit wanted) throws IOException {
    Optional<Digest> here = kit.map(GrubKit::digest);
    if (!here.equals(Optional.of(wanted.kit()))) {
      throw new GrubKitException(
          "the GRUB kit %s is not here (%s)"
              .formatted(wanted.kit(), here.map(d -> "here is " + d).orElse("there is none")));
    }
    return kit.orElseThrow();
  }
}
