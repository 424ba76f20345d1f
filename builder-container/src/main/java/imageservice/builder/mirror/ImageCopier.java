package imageservice.builder.mirror;

import imageservice.asset.AttachmentTag;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.LayoutFolder;
import imageservice.builder.oci.Manifest;
import imageservice.builder.oci.ManifestJson;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.RawManifest;
import imageservice.builder.oci.Referrer;
import imageservice.builder.oci.SourceException;
import imageservice.release.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Copies images for all platforms with their signatures, whichever way the source has those. What
/// is at its place already is checked and not fetched again.
final class ImageCopier {
  private final OciImages images;
  private final ImageSource source;
  private final LayoutFolder to;
  private final LongConsumer fetched;

  /// @param images admit what is copied
  /// @param source of these images
  /// @param fetched learns how many bytes came
  ImageCopier(OciImages images, ImageSource source, LayoutFolder to, LongConsumer fetched) {
    this.images = images;
    this.source = source;
    this.to = to;
    this.fetched = fetched;
  }

  /// The image's tag is there once all of it is.
  void copy(OciImage image) throws IOException {
    images.admitted(image);
    Descriptor copied = tree(image.repository(), image.digest());
    for (AttachmentTag.Kind kind : AttachmentTag.Kind.values()) {
      attached(image.repository(), new AttachmentTag(image.digest(), kind).toString());
    }
    for (Referrer referrer : source.referrers(image.repository(), image.digest())) {
      Descriptor manifest = tree(image.repository(), referrer.descriptor().digest());
      to.list(image.repository(), manifest, Optional.empty(), referrer.artifactType());
    }
    to.list(image.repository(), copied, Optional.ofNullable(image.tag()), "");
  }

  private void attached(String repository, String tag) throws IOException {
    Digest digest;
    try {
      digest = source.resolve(repository, tag);
    } catch (SourceException.NotFound e) {
      return;
    }
    to.list(repository, tree(repository, digest), Optional.of(tag), "");
  }

  /// Copies a manifest or an index behind all that it names.
  private Descriptor tree(String repository, Digest digest) throws IOException {
    RawManifest raw = source.manifest(repository, digest);
    byte[] bytes = raw.content().bytes(RawManifest.LIMIT);
    String subject = repository + "@" + digest;
    switch (ManifestJson.decode(subject, digest, bytes)) {
      case Manifest.ImageIndex index -> {
        for (Manifest.Entry entry : index.entries()) {
          tree(repository, entry.descriptor().digest());
        }
      }
      case Manifest.ImageManifest manifest -> {
        content(repository, manifest.config());
        for (Descriptor layer : manifest.layers()) {
          content(repository, layer);
        }
      }
    }
    Descriptor self = new Descriptor(ManifestJson.mediaType(subject, bytes), digest, bytes.length);
    if (!to.has(repository, self)) {
      try (InputStream in = raw.content().open()) {
        to.put(repository, digest, in);
      }
    }
    return self;
  }

  private void content(String repository, Descriptor content) throws IOException {
    if (to.has(repository, content)) {
      return;
    }
    try (InputStream in = new Counted(source.blob(repository, content))) {
      to.put(repository, content.digest(), in);
    }
  }

  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value >= 0) {
        fetched.accept(1);
      }
      return value;
    }

    @Override
    public int read(byte[] buffer, int from, int count) throws IOException {
      int read = super.read(buffer, from, count);
      if (read > 0) {
        fetched.accept(read);
      }
      return read;
    }
  }
}
