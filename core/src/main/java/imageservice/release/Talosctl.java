package imageservice.release;

import java.util.List;
import java.util.regex.Pattern;

/// The talosctl binaries that a release brings.
///
/// @param image digest of the image `talosctl-all`
/// @param files names in its root, such as `talosctl-linux-amd64`, sorted
public record Talosctl(Digest image, List<String> files) {
  private static final Pattern FILE =
      Pattern.compile("talosctl-[a-z0-9]{1,32}-[a-z0-9]{1,32}(?:\\.exe)?");

  public Talosctl {
    files = files.stream().sorted().toList();
  }

  /// Whether a file is one by its name: `talosctl-OS-ARCHITECTURE`, with `.exe` for Windows.
  public static boolean isFile(String name) {
    return FILE.matcher(name).matches();
  }
}
