package imageservice.builder.oci;

import com.fasterxml.jackson.jr.ob.JSON;
import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Images made in tests, as the blobs and manifests that a source has.
public final class TestImages {
  public static final String GZIP_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

  /// A layer under construction.
  public static final class Layer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar =
        new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());

    public Layer() {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    public Layer file(String name, String content) throws IOException {
      return file(name, 0644, content.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public Layer file(String name, int mode, byte[] content, Map<String, String> pax)
        throws IOException {
      TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
      entry.setSize(content.length);
      entry.setMode(mode);
      pax.forEach(entry::addPaxHeader);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      return this;
    }

    public Layer directory(String name) throws IOException {
      return special(name.endsWith("/") ? name : name + "/", TarConstants.LF_DIR, "");
    }

    public Layer hardLink(String name, String target) throws IOException {
      return special(name, TarConstants.LF_LINK, target);
    }

    public Layer symlink(String name, String target) throws IOException {
      return special(name, TarConstants.LF_SYMLINK, target);
    }

    public Layer special(String name, byte type, String target) throws IOException {
      TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
      entry.setLinkName(target);
      entry.setMode(0755);
      entry.setSize(0);
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
      return this;
    }

    public byte[] tar() throws IOException {
      tar.finish();
      return bytes.toByteArray();
    }
  }

  private final Map<Digest, byte[]> blobs = new LinkedHashMap<>();
  private final Map<String, Digest> tags = new TreeMap<>();

  public Map<Digest, byte[]> blobs() {
    return blobs;
  }

  public Map<String, Digest> tags() {
    return tags;
  }

  public static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  public Descriptor blob(String mediaType, byte[] content) {
    Digest digest = Digest.of(content);
    blobs.put(digest, content);
    return new Descriptor(mediaType, digest, content.length);
  }

  public Descriptor json(String mediaType, Object document) throws IOException {
    return blob(mediaType, JSON.std.asBytes(document));
  }

  public Descriptor layer(Layer layer) throws IOException {
    return blob(GZIP_LAYER, gzip(layer.tar()));
  }

  public Descriptor manifest(String architecture, Descriptor... layers) throws IOException {
    List<String> diffIds = new ArrayList<>();
    for (Descriptor layer : layers) {
      diffIds.add(diffId(layer));
    }
    Descriptor config =
        json(
            "application/vnd.oci.image.config.v1+json",
            Map.of(
                "architecture",
                architecture,
                "os",
                "linux",
                "rootfs",
                Map.of("type", "layers", "diff_ids", diffIds)));
    return json(
        MediaTypes.MANIFEST,
        fields(
            "schemaVersion",
            2,
            "mediaType",
            MediaTypes.MANIFEST,
            "config",
            fields(config),
            "layers",
            List.of(layers).stream().map(TestImages::fields).toList()));
  }

  /// The digest of a layer as a tar, where it is one of ours.
  private String diffId(Descriptor layer) throws IOException {
    byte[] content = blobs.getOrDefault(layer.digest(), new byte[0]);
    boolean compressed = content.length > 1 && content[0] == 0x1F;
    try (InputStream in = new ByteArrayInputStream(content);
        InputStream tar = compressed ? new GZIPInputStream(in) : in) {
      return Digest.of(tar.readAllBytes()).value();
    } catch (ZipException | EOFException e) {
      return layer.digest().value(); // broken on purpose
    }
  }

  /// @param manifests by architecture
  public Descriptor index(Map<String, Descriptor> manifests) throws IOException {
    List<Map<String, Object>> entries = new ArrayList<>();
    new TreeMap<>(manifests)
        .forEach((architecture, manifest) -> {
          Map<String, Object> entry = fields(manifest);
          entry.put("platform", Map.of("os", "linux", "architecture", architecture));
          entries.add(entry);
        });
    return json(
        MediaTypes.INDEX,
        fields("schemaVersion", 2, "mediaType", MediaTypes.INDEX, "manifests", entries));
  }

  public TestImages tag(String tag, Descriptor image) {
    tags.put(tag, image.digest());
    return this;
  }

  /// An image of one small layer for both architectures, tagged `v1`.
  public static TestImages small() throws IOException {
    TestImages images = new TestImages();
    Map<String, Descriptor> manifests = new TreeMap<>();
    for (String architecture : List.of("amd64", "arm64")) {
      Layer layer = new Layer().directory("usr").file("usr/kernel", "kernel of " + architecture);
      manifests.put(architecture, images.manifest(architecture, images.layer(layer)));
    }
    return images.tag("v1", images.index(manifests));
  }

  /// Writes an OCI image layout whose references are `prefix` and the tag.
  public void writeLayout(Path folder, String prefix) throws IOException {
    Files.createDirectories(folder.resolve("blobs/sha256"));
    for (Map.Entry<Digest, byte[]> blob : blobs.entrySet()) {
      Files.write(folder.resolve("blobs/sha256").resolve(blob.getKey().hex()), blob.getValue());
    }
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    List<Object> manifests = new ArrayList<>();
    tags.forEach((tag, digest) -> {
      byte[] content = java.util.Objects.requireNonNull(blobs.get(digest));
      Map<String, Object> entry = fields(new Descriptor(MediaTypes.INDEX, digest, content.length));
      entry.put("annotations", Map.of("org.opencontainers.image.ref.name", prefix + tag));
      manifests.add(entry);
    });
    Files.write(
        folder.resolve("index.json"),
        JSON.std.asBytes(fields("schemaVersion", 2, "manifests", manifests)));
  }

  public static Map<String, Object> fields(Descriptor descriptor) {
    return fields(
        "mediaType", descriptor.mediaType(),
        "digest", descriptor.digest().value(),
        "size", descriptor.size());
  }

  public static Map<String, Object> fields(Object... pairs) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put((String) pairs[i], pairs[i + 1]);
    }
    return fields;
  }
}
