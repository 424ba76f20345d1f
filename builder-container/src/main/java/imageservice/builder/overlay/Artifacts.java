package imageservice.builder.overlay;

import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.regex.Pattern;

/// What a program gets for `install`.
final class Artifacts {
  /// Bytes that the sandbox prints of what was written: an archive has up to three blocks of a
  /// file.
  static final long MOST_OUTPUT =
      SandboxLimits.DISK_START + SandboxLimits.MOST_WRITTEN + SandboxLimits.MOST_FILES * 4_096L;

  private static final Pattern LINE = Pattern.compile("(?md)^(?=.)");

  private Artifacts() {}

  /// An archive of the files, by path.
  static Path archive(String overlay, SortedMap<String, Blob> files, Path file) throws IOException {
    long length = files.values().stream().mapToLong(Blob::length).sum();
    if (length > SandboxLimits.MOST_ARTIFACTS) {
      throw new UnfitInputException(
          "overlay \"%s\": its artifacts have %d bytes, and %d at most can be given to its program"
              .formatted(overlay, length, SandboxLimits.MOST_ARTIFACTS));
    }
    return PlainArchive.write(files, file);
  }

  /// The YAML that a program reads. More depth changes the meaning of no block of YAML.
  ///
  /// @param options YAML of a mapping, which is one line where it is empty
  static String order(String options) {
    return "installDisk: %s\nmountPrefix: %s\nartifactsPath: %s\nextraOptions:%s"
        .formatted(
            UnshareScript.DISK,
            UnshareScript.PARTITIONS,
            UnshareScript.ARTIFACTS,
            options.startsWith("{") || options.isEmpty()
                ? " " + options
                : "\n" + LINE.matcher(options).replaceAll("    "));
  }
}
