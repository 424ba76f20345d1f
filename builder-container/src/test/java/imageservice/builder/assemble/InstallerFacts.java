package imageservice.builder.assemble;

import com.fasterxml.jackson.jr.ob.JSON;
import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// What there is to say of an installer's image, in the words of the golden files. Sizes are left
/// out, as kernels of tests are small, and so are the digests of what is made of them.
final class InstallerFacts {
  private static final int LARGEST = 64 << 20;
  private static final int BLOCK = 512;

  private final Map<Digest, Product.Content> contents = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();

  private InstallerFacts(Product product) {
    product.contents().forEach(content -> contents.put(content.digest(), content));
  }

  static List<String> of(Product product, List<Digest> base, String repository, int layers)
      throws IOException {
    InstallerFacts facts = new InstallerFacts(product);
    byte[] index = product.asset().bytes(LARGEST);
    facts.index(index);
    for (Map<String, Object> entry : list(object(index), "manifests")) {
      facts.manifest(entry, base, repository, layers);
    }
    return facts.lines;
  }

  private void index(byte[] json) throws IOException {
    Product.Content content = Objects.requireNonNull(contents.get(Digest.of(json)));
    Map<String, Object> index = object(json);
    lines.add(
        "index: served as %s, N bytes, compact=True, keys=%s mediaType=%s schemaVersion=%s"
            .formatted(
                content.mediaType(),
                keys(index),
                index.get("mediaType"),
                index.get("schemaVersion")));
  }

  private void manifest(
      Map<String, Object> entry, List<Digest> base, String repository, int baseLayers)
      throws IOException {
    Map<String, Object> shown = new LinkedHashMap<>(entry);
    shown.remove("size");
    Map<String, Object> manifest = object(bytes(entry));
    shown.put("digest", "sha256:<digest>");
    lines.add(
        "manifest entry: %s keys in order %s".formatted(JSON.std.asString(shown), keys(entry)));
    Map<String, Object> descriptor = map(manifest, "config");
    lines.add(
        "    manifest: N bytes keys=%s mediaType=%s annotations=None config=%s (keys %s)"
            .formatted(
                keys(manifest),
                manifest.get("mediaType"),
                descriptor.get("mediaType"),
                keys(descriptor)));
    Map<String, Object> configuration = object(bytes(descriptor));
    List<Object> diffIds = texts(map(configuration, "rootfs"), "diff_ids");
    lines.add(
        "    config: %s keys in order %s rootfs.type=%s diff_ids=%d"
            .formatted(
                shown(configuration),
                keys(configuration),
                map(configuration, "rootfs").get("type"),
                diffIds.size()));
    lines.add("    history: " + JSON.std.asString(configuration.get("history")));
    lines.add(
        "    base image %s: %d layers of type application/vnd.oci.image.layer.v1.tar+gzip"
            .formatted(repository, baseLayers));
    int number = 0;
    for (Map<String, Object> layer : list(manifest, "layers")) {
      layer(layer, String.valueOf(diffIds.get(number++)), base);
    }
  }

  static String shown(Map<String, Object> configuration) throws IOException {
    Map<String, Object> shown = new LinkedHashMap<>(configuration);
    shown.remove("history");
    shown.remove("rootfs");
    shown.replace("created", "1970-01-01T00:00:00Z", "(time of the build)");
    return JSON.std.asString(shown);
  }

  private void layer(Map<String, Object> layer, String diffId, List<Digest> base)
      throws IOException {
    byte[] packed = bytes(layer);
    byte[] tar = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
    int kept = base.indexOf(Digest.of(packed));
    lines.add(
        "    layer: %s keys=%s gzip (header %s) plain=N diff_id is the digest of the plain tar=%s; the very blob of base layer %s"
            .formatted(
                layer.get("mediaType"),
                keys(layer),
                HexFormat.ofDelimiter(" ").formatHex(packed, 0, 10),
                diffId.equals(Digest.of(tar).value()) ? "True" : "False",
                kept < 0 ? "-" : kept));
    for (int at = 0; tar[at] != 0; ) {
      long size = octal(tar, at + 124, 11);
      lines.add(entry(tar, at, size));
      at += BLOCK + (int) ((size + BLOCK - 1) / BLOCK * BLOCK);
    }
  }

  private static String entry(byte[] tar, int at, long size) {
    String name = text(tar, at, 100);
    byte[] content = Arrays.copyOfRange(tar, at + BLOCK, at + BLOCK + (int) size);
    return "        type=b'%c' mode=%06o %d:%d user='%s' group='%s' size=N mtime=%d magic=b'%s' %s %s"
        .formatted(
            (char) tar[at + 156],
            octal(tar, at + 100, 7),
            octal(tar, at + 108, 7),
            octal(tar, at + 116, 7),
            text(tar, at + 265, 32),
            text(tar, at + 297, 32),
            octal(tar, at + 136, 11),
            new String(tar, at + 257, 8, StandardCharsets.US_ASCII).replace("\0", "\\x00"),
            name.replaceFirst("/$", ""),
            name.endsWith("installer") ? Digest.of(content).hex().substring(0, 16) : "")
        .stripTrailing();
  }

  private static long octal(byte[] tar, int at, int length) {
    return Long.parseLong(new String(tar, at, length, StandardCharsets.US_ASCII), 8);
  }

  private static String text(byte[] tar, int at, int size) {
    String text = new String(tar, at, size, StandardCharsets.US_ASCII);
    return text.indexOf('\0') < 0 ? text : text.substring(0, text.indexOf('\0'));
  }

  /// The content that a descriptor names, which is as long as it says.
  private byte[] bytes(Map<String, Object> descriptor) throws IOException {
    Digest digest = new Digest(String.valueOf(descriptor.get("digest")));
    Blob content = Objects.requireNonNull(contents.get(digest)).blob();
    byte[] bytes = content.bytes(LARGEST);
    if (!Digest.of(bytes).equals(digest)
        || ((Number) Objects.requireNonNull(descriptor.get("size"))).longValue() != bytes.length) {
      throw new AssertionError("not what it says: " + descriptor);
    }
    return bytes;
  }

  static Map<String, Object> object(byte[] json) throws IOException {
    return JSON.std.mapFrom(json);
  }

  @SuppressWarnings("unchecked") // what a test reads of its own documents
  private static Map<String, Object> map(Map<String, Object> object, String name) {
    return (Map<String, Object>) Objects.requireNonNull(object.get(name));
  }

  @SuppressWarnings("unchecked") // what a test reads of its own documents
  private static List<Map<String, Object>> list(Map<String, Object> object, String name) {
    return (List<Map<String, Object>>) Objects.requireNonNull(object.get(name));
  }

  @SuppressWarnings("unchecked") // what a test reads of its own documents
  private static List<Object> texts(Map<String, Object> object, String name) {
    return (List<Object>) Objects.requireNonNull(object.get(name));
  }

  /// As Python writes a list of texts.
  private static String keys(Map<String, Object> object) {
    return object.keySet().stream().map(key -> "'" + key + "'").toList().toString();
  }
}
