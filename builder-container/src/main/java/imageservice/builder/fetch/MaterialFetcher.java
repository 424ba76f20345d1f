package imageservice.builder.fetch;

import imageservice.asset.Architecture;
import imageservice.builder.cache.Derived;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.layers.Wanted;
import imageservice.builder.material.BaseImage;
import imageservice.builder.material.Fetching;
import imageservice.builder.material.GrubKit;
import imageservice.builder.material.GrubKitException;
import imageservice.builder.material.InstalledFirmware;
import imageservice.builder.material.Material;
import imageservice.builder.material.MaterialSource;
import imageservice.builder.material.OtherArchitectureException;
import imageservice.builder.material.SourceImage;
import imageservice.builder.material.UnfitInputException;
import imageservice.builder.oci.OciImage;
import imageservice.builder.overlay.OverlayPrograms;
import imageservice.formats.blob.Blob;
import imageservice.ledger.InputAdmission;
import imageservice.plan.BuildPlan;
import imageservice.plan.Firmware;
import imageservice.plan.Input;
import imageservice.plan.InputImage;
import imageservice.plan.InstallerContent;
import imageservice.plan.OverlayInstallation;
import imageservice.plan.PlannedCommandLine;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.ArrayList;
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
  private final ImageRoots roots;
  private final BaseImages bases;
  private final SourceImages sources;
  private final InputAdmissions admissions;
  private final Derived derived;

  /// @param derived keeps what overlays' programs put on disks
  public MaterialFetcher(
      OciImages images, Optional<GrubKit> kit, OverlayPrograms programs, Derived derived) {
    this(new ImageSources(images, List.of()), kit, programs, derived);
  }

  /// @param from the source, and the operator's own catalogues
  /// @param derived keeps what overlays' programs put on disks
  public MaterialFetcher(
      ImageSources from, Optional<GrubKit> kit, OverlayPrograms programs, Derived derived) {
    this.images = from.source();
    this.kit = kit;
    this.programs = programs;
    this.roots = new ImageRoots(from);
    this.bases = new BaseImages(images);
    this.sources = new SourceImages(images);
    this.admissions = new InputAdmissions(from);
    this.derived = derived;
  }

  @Override
  public Material fetch(BuildPlan plan) throws IOException {
    return plan instanceof BuildPlan.InstallerImage image
        ? fetch(image)
        : fetch(plan.inputs(), plan.commandLine(), plan.installation());
  }

  /// The material of each architecture that the source has all of.
  private Material fetch(BuildPlan.InstallerImage image) throws IOException {
    List<Material> fetched = new ArrayList<>();
    List<String> lacking = new ArrayList<>();
    for (InstallerContent content : image.contents()) {
      try {
        fetched.add(fetch(content.inputs(), content.commandLine(), Optional.empty()));
      } catch (OtherArchitectureException e) {
        lacking.add(String.valueOf(e.getMessage()));
      }
    }
    return fetched.stream()
        .reduce(Material::and)
        .orElseThrow(() -> new UnfitInputException(String.join("; ", lacking)));
  }

  @Override
  public Fetching watch(BuildPlan plan) {
    Map<Digest, String> names = new HashMap<>();
    InputImage.of(plan.inputs()).stream()
        .filter(InputImage::isImage)
        .forEach(image -> names.put(image.digest(), image.name()));
    return images.watch(names);
  }

  @Override
  public List<InputAdmission> admissions(BuildPlan plan) throws IOException {
    return admissions.of(plan.inputs());
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
    Map<Input.BaseImage, BaseImage> baseImages = new HashMap<>();
    Map<Input.OverlayImage, SortedMap<String, TreeEntry>> overlays = new HashMap<>();
    Map<Input.SourceImage, SourceImage> sourceImages = new HashMap<>();
    for (Input input : inputs) {
      switch (input) {
        case Input.ImageFile file -> files.put(file, fetch(file));
        case Input.ImageFolder folder -> folders.put(folder, fetch(folder));
        case Input.ExtensionImage image -> extensions.put(image, roots.fetch(image));
        case Input.BaseImage base -> baseImages.put(base, bases.fetch(base));
        case Input.OverlayImage overlay -> overlays.put(overlay, roots.fetch(overlay));
        case Input.SourceImage source -> sourceImages.put(source, sources.fetch(source));
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
    return new Material(
        files,
        folders,
        extensions,
        kits,
        baseImages,
        overlays,
        sourceImages,
        installed,
        commandLines);
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
