package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// What there is to say of an installer's archive, in the words of the golden files.
final class ArchiveFacts {
  private static final String DIGEST = "[0-9a-f]{64}";

  private ArchiveFacts() {}

  static List<String> of(Blob archive) throws IOException {
    List<String> lines = new ArrayList<>();
    String manifest = "";
    try (TarArchiveInputStream tar = new TarArchiveInputStream(archive.open())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        byte[] content = tar.readAllBytes();
        lines.add(
            "type=b'%c' mode=%06o %d:%d mtime=%d %s %s"
                .formatted(
                    (char) entry.getLinkFlag(),
                    entry.getMode(),
                    entry.getLongUserId(),
                    entry.getLongGroupId(),
                    entry.getLastModifiedTime().toMillis(),
                    entry.getName(),
                    inside(entry.getName(), content))
                .strip()
                .replaceAll(DIGEST, "<digest>"));
        manifest = new String(content, StandardCharsets.UTF_8);
      }
    }
    lines.add("manifest.json: " + manifest.replaceAll(DIGEST, "<digest>"));
    return lines;
  }

  /// Digests of the layers, in hex digits.
  static List<String> layers(Blob archive) throws IOException {
    List<String> layers = new ArrayList<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(archive.open())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().endsWith(".tar.gz")) {
          layers.add(entry.getName().replace(".tar.gz", ""));
        }
      }
    }
    return layers;
  }

  private static String inside(String name, byte[] content) throws IOException {
    if (name.startsWith("sha256:")) {
      return InstallerFacts.shown(InstallerFacts.object(content));
    }
    return name.endsWith(".tar.gz") ? "entries: " + entries(content) : "";
  }

  private static String entries(byte[] layer) throws IOException {
    Map<String, Long> entries = new TreeMap<>();
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(layer));
        TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.put(entry.getName().replaceFirst("/$", ""), entry.getSize());
      }
    }
    return entries.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
