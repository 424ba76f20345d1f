package imageservice.asset;

/// The machine that an asset is for, as the part `<platform>-<arch>[-secureboot]` of its name
/// spells it.
public record Target(Platform platform, Architecture architecture, boolean secureBoot) {
  public static final String SECURE_BOOT = "-secureboot";

  @Override
  public String toString() {
    return platform + "-" + architecture + (secureBoot ? SECURE_BOOT : "");
  }
}
