package imageservice.plan;

import imageservice.release.TalosVersion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The parts of a unified kernel image (UKI, UAPI.5): a stub and the sections appended to it.
///
/// @param version of Talos, for `.osrel` and the UKI's file name on an EFI system partition
/// @param profiles the main one first; empty where the release's stub does not support profiles
/// @param secureBoot who signs it; empty where it is not signed
public record UkiContent(
    TalosVersion version,
    Input.ImageFile stub,
    Input.ImageFile kernel,
    InitramfsContent initramfs,
    PlannedCommandLine commandLine,
    List<UkiProfile> profiles,
    Optional<SecureBoot> secureBoot) {
  public UkiContent {
    profiles = List.copyOf(profiles);
  }

  /// One that is not signed.
  public UkiContent(
      TalosVersion version,
      Input.ImageFile stub,
      Input.ImageFile kernel,
      InitramfsContent initramfs,
      PlannedCommandLine commandLine,
      List<UkiProfile> profiles) {
    this(version, stub, kernel, initramfs, commandLine, profiles, Optional.empty());
  }

  /// The inputs that the builder fetches for the UKI, each once.
  public List<Input> inputs() {
    Set<Input> inputs = new LinkedHashSet<>(List.of(stub, kernel));
    inputs.addAll(initramfs.inputs());
    inputs.addAll(commandLine.inputs());
    return List.copyOf(inputs);
  }

  /// The most bytes that a profile appends to the command line.
  public int longestAppended() {
    return profiles.stream()
        .flatMap(profile -> profile.appended().stream())
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }
}
