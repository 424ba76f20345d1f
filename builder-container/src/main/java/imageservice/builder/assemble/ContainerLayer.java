package imageservice.builder.assemble;

import imageservice.builder.material.BaseImage;
import imageservice.formats.blob.Blob;
import imageservice.formats.compress.Codec;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/// A layer of a container image.
///
/// @param diffId digest of the layer's tar
record ContainerLayer(String mediaType, Digest digest, Digest diffId, Blob content) {
  private static final String TAR = "application/vnd.docker.image.rootfs.diff.tar";
  private static final byte[] GZIP = {0x1F, (byte) 0x8B};
  private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

  /// A layer of ours: a tar in gzip. Its digests are needed before it is stored, so it is read
  /// twice for them.
  static ContainerLayer of(Blob tar) throws IOException {
    Blob packed = Codec.GZIP_LAYER.encode(tar);
    return new ContainerLayer(TAR + ".gzip", digest(packed), digest(tar), packed);
  }

  /// A layer of the base as it is. Its first bytes tell how it is compressed.
  static ContainerLayer of(BaseImage.Layer layer) throws IOException {
    String suffix =
        startsWith(layer.content(), GZIP)
            ? ".gzip"
            : startsWith(layer.content(), ZSTD) ? ".zstd" : "";
    return new ContainerLayer(TAR + suffix, layer.digest(), layer.diffId(), layer.content());
  }

  private static boolean startsWith(Blob content, byte[] prefix) throws IOException {
    if (content.length() < prefix.length) {
      return false;
    }
    try (InputStream in = content.open(0, prefix.length)) {
      return Arrays.equals(in.readAllBytes(), prefix);
    }
  }

  private static Digest digest(Blob content) throws IOException {
    MessageDigest hash = Digest.hash();
    try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), hash)) {
      content.writeTo(out);
    }
    return Digest.ofHash(hash.digest());
  }
}
