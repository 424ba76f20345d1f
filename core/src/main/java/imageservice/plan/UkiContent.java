package imageservice.plan;

import imageservice.release.TalosVersion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a unified kernel image is made of (UAPI.5): a stub and the sections appended to it.
///
/// @param version of Talos, for `.osrel` and the file's name on an EFI system partition
/// @param profiles the main one first; none where the release has no profiles, whose stub does not
///   know them
public record UkiContent(
    TalosVersion version,
    Input.ImageFile stub,
    Input.ImageFile kernel,
    InitramfsContent initramfs,
    PlannedCommandLine commandLine,
    List<UkiProfile> profiles) {
  public UkiContent {
    profiles = List.copyOf(profiles);
  }

  /// What must be fetched.
  public List<Input> inputs() {
    Set<Input> inputs = new LinkedHashSet<>(List.of(stub, kernel));
    inputs.addAll(initramfs.inputs());
    inputs.addAll(commandLine.inputs());
    return List.copyOf(inputs);
  }

  /// Bytes that the longest of the profiles adds to the command line.
  int longestAppended() {
    return profiles.stream()
        .flatMap(profile -> profile.appended().stream())
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }
}
