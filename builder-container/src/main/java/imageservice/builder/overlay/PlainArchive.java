package imageservice.builder.overlay;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Archives of tar with plain files alone, each with the same attributes.
final class PlainArchive {
  /// An entry of any archive.
  ///
  /// @param content of a file; empty for whatever is none
  record Entry(String path, boolean isFolder, boolean isFile, Blob content) {}

  private PlainArchive() {}

  /// @param files by path
  /// @return the file that the archive was written to
  static Path write(SortedMap<String, Blob> files, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (Map.Entry<String, Blob> each : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(each.getKey(), TarConstants.LF_NORMAL);
        entry.setSize(each.getValue().length());
        entry.setModTime(0L);
        tar.putArchiveEntry(entry);
        each.getValue().writeTo(tar);
        tar.closeArchiveEntry();
      }
    }
    return file;
  }

  /// The entries of an archive, whose contents lie in it.
  static List<Entry> read(Blob archive) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(archive.open(), StandardCharsets.UTF_8.name())) {
      for (TarArchiveEntry next = tar.getNextEntry(); next != null; next = tar.getNextEntry()) {
        boolean isFile = next.isFile() && next.getLinkFlag() == TarConstants.LF_NORMAL;
        Blob content =
            isFile ? Blob.slice(archive, tar.getBytesRead(), next.getSize()) : Blob.of("");
        entries.add(new Entry(next.getName(), next.isDirectory(), isFile, content));
      }
    }
    return entries;
  }
}
