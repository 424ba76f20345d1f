package imageservice.builder.assemble;

import imageservice.builder.material.BaseImage;
import imageservice.formats.blob.Blob;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Bases of the miniature releases' installers, the same bytes in their tars.
final class InstallerBases {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);

  /// Byte of gzip's header that names the system.
  private static final int SYSTEM = 9;

  private static final int UNIX = 3;

  private InstallerBases() {}

  /// @param layers 1, or 2 with the release's own artifacts in the second
  static BaseImage of(String version, int layers) throws IOException {
    String program = "#!/bin/sh\necho \"mini installer %s\"\n".formatted(version);
    BaseImage.Layer first = layer("usr/", "usr/bin/", "usr/bin/installer", program);
    BaseImage.Layer second = layer("usr/", "usr/install/", "usr/install/vmlinuz", "theirs");
    return new BaseImage(config(version), layers == 1 ? List.of(first) : List.of(first, second));
  }

  private static JsonFields config(String version) {
    String json =
        """
        {"Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "VERSION=%s"], "Labels": {"alpha.talos.dev/version": "%s"}, "Cmd": null,
        "Entrypoint": ["/bin/installer"]}
        """
            .formatted(version, version);
    try {
      return JsonFields.foreign(json.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  private static BaseImage.Layer layer(String outer, String inner, String file, String content)
      throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(tar)) {
      put(out, outer, new byte[0]);
      put(out, inner, new byte[0]);
      put(out, file, content.getBytes(StandardCharsets.UTF_8));
    }
    byte[] packed = packed(tar.toByteArray());
    return new BaseImage.Layer(Digest.of(packed), Digest.of(tar.toByteArray()), Blob.of(packed));
  }

  private static void put(TarArchiveOutputStream out, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(0755);
    entry.setSize(content.length);
    entry.setLastModifiedTime(java.nio.file.attribute.FileTime.from(TIME));
    entry.setUserName("");
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
  }

  private static byte[] packed(byte[] tar) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(tar);
    }
    byte[] packed = out.toByteArray();
    packed[SYSTEM] = UNIX;
    return packed;
  }
}
