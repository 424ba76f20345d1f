package imageservice.release;

import java.util.List;

/// The talosctl binaries that a release brings.
///
/// @param image digest of the image `talosctl-all`
/// @param files names in its root, such as `talosctl-linux-amd64`, sorted
public record Talosctl(Digest image, List<String> files) {
  public Talosctl {
    files = files.stream().sorted().toList();
  }
}
