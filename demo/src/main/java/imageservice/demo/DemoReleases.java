package imageservice.demo;

import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.FileScratch;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Miniature releases in a folder: `oci` has an OCI layout of each image, with a tag for each
/// version, as `fixtures/make-mini-release.sh` lays them out. A version that the imager has is
/// complete, as that image comes last. Runs on the same folder wait for each other.
public final class DemoReleases {
  private final Path folder;
  private final Path layouts;
  private final Consumer<String> log;

  /// @param log is told, a line at a time, what is done
  public DemoReleases(Path folder, Consumer<String> log) {
    this.folder = folder;
    this.layouts = folder.resolve("oci");
    this.log = log;
  }

  /// The folder with an OCI layout of each image.
  public Path layouts() {
    return layouts;
  }

  /// Those of the versions that are not there yet.
  public List<TalosVersion> missing(List<TalosVersion> versions) throws IOException {
    Path imager = layouts.resolve(MiniRelease.IMAGER);
    Map<String, Digest> there = Files.isDirectory(imager) ? new Layout(imager).tags() : Map.of();
    return versions.stream().filter(version -> !there.containsKey(version.toString())).toList();
  }

  /// Makes the versions that are not there yet, beside those that are.
  public void add(List<TalosVersion> versions, Packages packages) throws IOException {
    Files.createDirectories(layouts);
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock(); // until the channel is closed
      List<TalosVersion> missing = missing(versions);
      if (!missing.isEmpty()) {
        Path workspace = folder.resolve(".partial");
        delete(workspace); // of a run that was stopped
        try {
          make(missing, packages, Files.createDirectories(workspace));
        } finally {
          delete(workspace);
        }
      }
    }
  }

  private void make(List<TalosVersion> versions, Packages packages, Path workspace)
      throws IOException {
    log.accept("reading Debian's packages");
    Material material = Material.read(packages, workspace);
    for (TalosVersion version : versions) {
      log.accept("making the miniature release " + version);
      try (FileScratch scratch = new FileScratch(workspace.resolve(version.toString()))) {
        new Writing(MiniRelease.of(version, material, scratch)).write();
      }
    }
  }

  /// One release on its way into the layouts.
  private final class Writing {
    private final MiniRelease release;
    private final List<Catalogue.Offer> written = new ArrayList<>();

    Writing(MiniRelease release) {
      this.release = release;
    }

    void write() throws IOException {
      List<DemoImage> others = release.others();
      for (DemoImage image : others) {
        add(image);
      }
      extensions();
      if (release.hasOverlays()) {
        overlays();
      }
      written.sort(Comparator.comparing(each -> each.image().name().equals(MiniRelease.IMAGER)));
      for (Catalogue.Offer each : written) {
        layout(each.image().name()).publish(each.digest(), each.image().tag());
      }
      tags();
    }

    private void extensions() throws IOException {
      List<Catalogue.Offer> offers = new ArrayList<>();
      for (DemoImage image : release.extensions()) {
        offers.add(add(image));
      }
      add(Catalogue.extensions(release.version(), offers));
    }

    private void overlays() throws IOException {
      List<Catalogue.OverlayOffer> offers = new ArrayList<>();
      for (Overlay each : Overlay.ALL) {
        DemoImage image = each.image(release.version());
        offers.add(new Catalogue.OverlayOffer(each.name(), add(image, image.tag())));
      }
      add(Catalogue.overlays(release.version(), offers));
    }

    private Catalogue.Offer add(DemoImage image) throws IOException {
      return add(image, release.version().toString());
    }

    /// @param version that the image tells of itself
    private Catalogue.Offer add(DemoImage image, String version) throws IOException {
      Digest digest = layout(image.name()).add(image, version);
      Catalogue.Offer offer = new Catalogue.Offer(image, digest);
      written.add(offer);
      return offer;
    }
  }

  private Layout layout(String name) throws IOException {
    return new Layout(layouts.resolve(name));
  }

  /// `tags`: a line `IMAGE TAG DIGEST` for each tag of each layout.
  private void tags() throws IOException {
    Map<String, Map<String, Digest>> all = new TreeMap<>();
    try (Stream<Path> children = Files.list(layouts)) {
      for (Path child : children.filter(Files::isDirectory).toList()) {
        all.put(child.getFileName().toString(), new Layout(child).tags());
      }
    }
    StringBuilder lines = new StringBuilder();
    all.forEach((name, tags) ->
        tags.forEach((tag, digest) -> lines.append("%s %s %s\n".formatted(name, tag, digest))));
    Layout.write(layouts.resolve("tags"), Blob.of(lines.toString()));
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
