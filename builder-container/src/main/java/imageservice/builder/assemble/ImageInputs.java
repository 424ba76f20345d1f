package imageservice.builder.assemble;

import imageservice.asset.Architecture;
import imageservice.builder.fetch.OciImage;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.Wanted;
import imageservice.formats.blob.Blob;
import imageservice.plan.Input;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Inputs out of container images and the GRUB kit at hand. The layer that holds a release's
/// kernels and initramfs images is streamed once and all of them kept, since whoever wants one
/// wants the others soon.
public final class ImageInputs implements InputSource {
  private static final String INSTALL_FOLDER = "usr/install";

  private final OciImages images;
  private final Optional<GrubKit> kit;

  public ImageInputs(OciImages images, Optional<GrubKit> kit) {
    this.images = images;
    this.kit = kit;
  }

  @Override
  public Inputs fetch(List<Input> inputs) throws IOException {
    Map<Input.ImageFile, Blob> files = new HashMap<>();
    for (Input input : inputs) {
      switch (input) {
        case Input.ImageFile file -> files.put(file, fetch(file));
        case Input.ExtensionImage image ->
            throw new UnfitInputException(image.name() + " is not fetched yet");
        case Input.GrubKit wanted -> required(wanted);
      }
    }
    return new Fetched(files, kit);
  }

  private Blob fetch(Input.ImageFile file) throws IOException {
    OciImage image = OciImage.of(file.repository(), file.image());
    Wanted wanted = new Wanted(Set.of(file.path()), Set.of(INSTALL_FOLDER));
    Blob blob = images.files(image, Architecture.AMD64, wanted).get(file.path());
    if (blob == null) {
      throw new UnfitInputException("%s: /%s is not a regular file".formatted(image, file.path()));
    }
    return blob;
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

  private record Fetched(Map<Input.ImageFile, Blob> files, Optional<GrubKit> kit)
      implements Inputs {
    @Override
    public Blob file(Input.ImageFile file) {
      return Optional.ofNullable(files.get(file)).orElseThrow(() -> unplanned(file));
    }

    @Override
    public GrubKit kit(Input.GrubKit wanted) {
      return kit.filter(k -> k.digest().equals(wanted.kit())).orElseThrow(() -> unplanned(wanted));
    }

    private static IllegalStateException unplanned(Input input) {
      return new IllegalStateException("not among the plan's inputs: " + input);
    }
  }
}
