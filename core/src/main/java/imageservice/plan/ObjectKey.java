package imageservice.plan;

import imageservice.asset.AssetName;
import imageservice.configuration.ConfigurationId;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.nio.charset.StandardCharsets;

/// Where an asset lies in object storage: the generation, then the path it is downloaded under, so
/// that a CDN can front the bucket. The generation changes with any recipe and with the service's
/// external address, which is part of assets; an address answers the same bytes for as long as its
/// generation lasts.
///
/// @param value `g1a2b3c4/image/<id>/v1.9.5/metal-amd64.iso`
public record ObjectKey(String value) {
  private static final int GENERATION_DIGITS = 8;

  /// The key of a configuration's asset.
  ///
  /// @param externalUrl the address under which people reach the service
  public static ObjectKey of(
      String externalUrl, ConfigurationId id, TalosVersion version, AssetName name) {
    return new ObjectKey(
        "%s/image/%s/%s/%s".formatted(generation(externalUrl), id.hex(), version, name));
  }

  /// The key of a talosctl binary.
  ///
  /// @param file name of the binary, such as `talosctl-linux-amd64`
  public static ObjectKey talosctl(String externalUrl, TalosVersion version, String file) {
    return new ObjectKey("%s/talosctl/%s/%s".formatted(generation(externalUrl), version, file));
  }

  /// The name of the build that makes this object, safe in any URL: 64 hex digits.
  public String buildId() {
    return Digest.of(value.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /// The address below the generation: `/image/<id>/v1.9.5/metal-amd64.iso`.
  public String path() {
    return value.substring(value.indexOf('/'));
  }

  /// The file's name.
  public String fileName() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return value;
  }

  private static String generation(String externalUrl) {
    String settings = Recipe.all() + "\n" + externalUrl;
    return "g"
        + Digest.of(settings.getBytes(StandardCharsets.UTF_8))
            .hex()
            .substring(0, GENERATION_DIGITS);
  }
}
