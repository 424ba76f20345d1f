package imageservice.configuration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is changed in the boot media themselves. Lists keep order and duplicates: both are part of
/// the id.
///
/// @param embeddedMachineConfiguration machine configuration documents to put into the image, or
///   `""`
/// @param extraKernelArgs appended to the kernel's command line; a leading `-` removes
/// @param officialExtensions names of system extensions, such as `siderolabs/amd-ucode`
/// @param bootloader null for the release's own choice
public record Customization(
    String embeddedMachineConfiguration,
    List<String> extraKernelArgs,
    List<MetaValue> meta,
    List<String> officialExtensions,
    @Nullable Bootloader bootloader,
    SecureBootOptions secureBoot,
    DiskImageOptions diskImage) {
  public static final Customization NONE =
      new Customization(
          "",
          List.of(),
          List.of(),
          List.of(),
          null,
          SecureBootOptions.DEFAULTS,
          DiskImageOptions.DEFAULTS);

  public Customization {
    WellFormed.require(embeddedMachineConfiguration);
    extraKernelArgs = List.copyOf(extraKernelArgs);
    extraKernelArgs.forEach(WellFormed::require);
    meta = List.copyOf(meta);
    officialExtensions = List.copyOf(officialExtensions);
    officialExtensions.forEach(WellFormed::require);
  }
}
