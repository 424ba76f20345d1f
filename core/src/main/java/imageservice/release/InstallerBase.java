package imageservice.release;

/// What a release document says of the container image that the release's installers are made from.
public sealed interface InstallerBase {
  /// @param digest of its index or manifest
  record Image(Digest digest) implements InstallerBase {}

  /// The source does not have it.
  record Absent() implements InstallerBase {}

  /// The document was written before documents told.
  record NotRead() implements InstallerBase {}

  /// The image's repository, which has one tag for each release.
  static String repository(TalosVersion version) {
    return Capability.UNIFIED_INSTALLER.in(version) ? "installer-base" : "installer";
  }
}
