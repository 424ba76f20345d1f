package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.formats.tar.PosixArchive;
import imageservice.json.JsonText;
import imageservice.release.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One container image as the archive that `docker save` writes and `docker load` reads (Docker
/// image specification 1.2, combined image JSON and file system changeset format).
final class DockerArchive {
  private static final int MODE = 0644;

  private DockerArchive() {}

  /// @param reference the image's name and tag
  static Blob of(ContainerImage image, String reference) {
    PosixArchive archive = new PosixArchive();
    String configuration = image.configuration().digest().value();
    archive.file(configuration, MODE, image.configuration().blob());
    Set<Digest> written = new HashSet<>();
    for (ContainerLayer layer : image.layers()) {
      if (written.add(layer.digest())) {
        archive.file(file(layer), MODE, layer.content());
      }
    }
    JsonText manifest =
        JsonText.object()
            .put("Config", configuration)
            .put("RepoTags", List.of(reference))
            .put("Layers", image.layers().stream().map(DockerArchive::file).toList());
    return archive
        .file("manifest.json", MODE, Blob.of(JsonText.arrayOf(List.of(manifest))))
        .build();
  }

  private static String file(ContainerLayer layer) {
    return layer.digest().hex() + ".tar.gz";
  }
}
