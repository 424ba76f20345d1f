package imageservice.builder.assemble;

import imageservice.asset.Architecture;
import imageservice.builder.cache.Derived;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.UnfitInputException;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.layers.Wanted;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;
import imageservice.builder.overlay.OverlayPrograms;
import imageservice.formats.blob.Blob;
import imageservice.plan.Input;
import imageservice.plan.PlannedCommandLine;
import imageservice.release.CatalogueNames;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// Inputs out of container images and the GRUB kit at hand. The layer that holds a release's
/// kernels and initramfs images is streamed once and all of them kept, since whoever wants one
/// wants the others soon.
public final class ImageInputs implements InputSource {
  private static final String INSTALL_FOLDER = "usr/install";

  private final OciImages images;
  private final Derived derived;
  private final Optional<GrubKit> kit;
  private final OverlayPrograms programs;

  public ImageInputs(
      OciImages images, Derived derived, Optional<GrubKit> kit, OverlayPrograms programs) {
    this.images = images;
    this.derived = derived;
    this.kit = kit;
    this.programs = programs;
  }

  @Override
  public Inputs fetch(List<Input> inputs) throws IOException {
    Map<Input.ImageFile, Blob> files = new HashMap<>();
    Map<Input.ExtensionImage, SortedMap<String, TreeEntry>> extensions = new HashMap<>();
    for (Input input : inputs) {
      switch (input) {
        case Input.ImageFile file -> files.put(file, fetch(file));
        case Input.ExtensionImage image -> extensions.put(image, fetch(image));
        case Input.GrubKit wanted -> required(wanted);
      }
    }
    return new Fetched(files, extensions, kit, derived, programs);
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

  private static Set<String> folders(Input.ImageFile file) {
    return file.path().startsWith(INSTALL_FOLDER) ? Set.of(INSTALL_FOLDER) : Set.of();
  }

  /// An extension's image that is not what it must be is the person's to leave out: nobody gets it
  /// right by trying again.
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

  private record Fetched(
      Map<Input.ImageFile, Blob> files,
      Map<Input.ExtensionImage, SortedMap<String, TreeEntry>> extensions,
      Optional<GrubKit> kit,
      Derived derived,
      OverlayPrograms programs)
      implements Inputs {
    @Override
    public Blob file(Input.ImageFile file) {
      return Optional.ofNullable(files.get(file)).orElseThrow(() -> unplanned(file));
    }

    @Override
    public SortedMap<String, TreeEntry> extension(Input.ExtensionImage image) {
      return Optional.ofNullable(extensions.get(image)).orElseThrow(() -> unplanned(image));
    }

    @Override
    public GrubKit kit(Input.GrubKit wanted) {
      return kit.filter(k -> k.digest().equals(wanted.kit())).orElseThrow(() -> unplanned(wanted));
    }

    @Override
    public String commandLine(PlannedCommandLine line) throws IOException {
      return switch (line) {
        case PlannedCommandLine.Settled settled -> settled.text();
        case PlannedCommandLine.WithOverlay asked -> {
          Input.ImageFile program = asked.program();
          String name = program.path().substring(program.path().lastIndexOf('/') + 1);
          yield asked.with(programs.kernelArguments(name, file(program), asked.options()));
        }
      };
    }

    private static IllegalStateException unplanned(Input input) {
      return new IllegalStateException("not among the plan's inputs: " + input);
    }
  }
}
