package imageservice.builder.fetch;

import imageservice.asset.AttachmentTag;
import imageservice.builder.cache.CachedBlob;
import imageservice.builder.material.SourceImage;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.Manifest;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;
import imageservice.formats.blob.Blob;
import imageservice.plan.Input;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fetches images byte for byte, with the signatures that their source has of them.
final class SourceImages {
  private static final String OTHER = "application/octet-stream";

  private final OciImages images;

  SourceImages(OciImages images) {
    this.images = images;
  }

  SourceImage fetch(Input.SourceImage source) throws IOException {
    OciImage image = OciImage.of(source.repository(), source.image());
    Map<Digest, SourceImage.Content> contents = new LinkedHashMap<>();
    Map<AttachmentTag.Kind, SourceImage.Content> attachments =
        new EnumMap<>(AttachmentTag.Kind.class);
    for (AttachmentTag.Kind kind : AttachmentTag.Kind.values()) {
      Map<Digest, SourceImage.Content> attached =
          attached(image, new AttachmentTag(image.digest(), kind));
      if (!attached.isEmpty()) {
        contents.putAll(attached);
        attachments.put(kind, List.copyOf(attached.values()).getLast());
      }
    }
    collect(image, image.digest(), 0, contents);
    return new SourceImage(List.copyOf(contents.values()), attachments);
  }

  /// What one of the source's tags has; nothing where it is not there, or not all of it. Registries
  /// deny what is not there as well.
  private Map<Digest, SourceImage.Content> attached(OciImage image, AttachmentTag tag)
      throws IOException {
    Map<Digest, SourceImage.Content> contents = new LinkedHashMap<>();
    try {
      Optional<Digest> found = images.attached(image, tag.toString());
      if (found.isPresent()) {
        collect(image, found.get(), 0, contents);
      }
      return contents;
    } catch (SourceException.NotFound | SourceException.Denied e) {
      return Map.of();
    }
  }

  /// What is named comes before what names it.
  private void collect(
      OciImage image, Digest digest, int depth, Map<Digest, SourceImage.Content> contents)
      throws IOException {
    OciImages.Document document = images.document(image, digest);
    switch (document.manifest()) {
      case Manifest.ImageIndex index -> {
        if (depth > 0) {
          throw new SourceException.Malformed(image.toString(), "an index within an index", null);
        }
        for (Manifest.Entry entry : index.entries()) {
          collect(image, entry.descriptor().digest(), depth + 1, contents);
        }
      }
      case Manifest.ImageManifest manifest -> {
        put(contents, manifest.config(), images.blob(image, manifest.config()));
        for (CachedBlob layer : images.blobs(image, manifest)) {
          put(contents, descriptor(manifest, layer.digest()), layer);
        }
      }
    }
    contents.put(digest, new SourceImage.Content(digest, document.mediaType(), document.content()));
  }

  private static Descriptor descriptor(Manifest.ImageManifest manifest, Digest digest) {
    return manifest.layers().stream()
        .filter(layer -> layer.digest().equals(digest))
        .findFirst()
        .orElseThrow();
  }

  private static void put(
      Map<Digest, SourceImage.Content> contents, Descriptor descriptor, Blob content) {
    String mediaType = descriptor.mediaType().isEmpty() ? OTHER : descriptor.mediaType();
    contents.put(
        descriptor.digest(), new SourceImage.Content(descriptor.digest(), mediaType, content));
  }
}
