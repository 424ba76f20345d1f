package imageservice.plan;

import java.util.Optional;

/// What an extension says of itself: `metadata` of its manifest, and an entry of `extensions.yaml`
/// in the initramfs.
///
/// @param talosVersions the range of Talos versions it is for, `>= 1.0.0`
public record ExtensionManifest(
    String name,
    String version,
    String author,
    String description,
    String talosVersions,
    Optional<String> extraInfo) {}
