package imageservice.builder.overlay;

import java.util.List;

/// What an overlay's program says of itself for `get-options`.
///
/// @param skip sectors between the header of a disk's partition table and its entries
public record OverlayOptions(List<String> kernelArguments, int skip) {
  /// Sectors of 512 bytes that come up to {@link SandboxLimits#DISK_START}.
  static final int MOST_SKIPPED = (int) (SandboxLimits.DISK_START / 512);

  public OverlayOptions {
    kernelArguments = List.copyOf(kernelArguments);
  }
}
