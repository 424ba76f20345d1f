package imageservice.plan;

import java.util.Optional;

/// The metadata of an extension: `metadata` in its manifest, and an entry of `extensions.yaml` in
/// the initramfs.
///
/// @param talosVersions the range of Talos versions that the extension supports, such as `>= 1.0.0`
public record ExtensionManifest(
    String name,
    String version,
    String author,
    String description,
    String talosVersions,
    Optional<String> extraInfo) {}
