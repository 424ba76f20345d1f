package imageservice.plan;

import java.util.List;

/// The release's initramfs with extensions behind it.
public record InitramfsContent(
    Input.ImageFile base, AddOnCompression compression, List<Extension> extensions) {
  public InitramfsContent {
    extensions = List.copyOf(extensions);
  }
}
