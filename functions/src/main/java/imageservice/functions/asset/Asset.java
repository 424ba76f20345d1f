package imageservice.functions.asset;

import imageservice.asset.AssetName;
import imageservice.asset.AssetNameGrammar;
import imageservice.configuration.ConfigurationId;
import imageservice.plan.ObjectKey;
import imageservice.release.TalosVersion;
import java.util.List;
import java.util.Optional;

/// A file to download, by what its address says.
public sealed interface Asset {
  TalosVersion version();

  /// The name it is stored under.
  String fileName();

  /// Boot media of a configuration.
  record Medium(ConfigurationId id, TalosVersion version, AssetName name) implements Asset {
    @Override
    public String fileName() {
      return name.toString();
    }
  }

  /// A talosctl binary, which no configuration changes.
  record Talosctl(TalosVersion version, String file) implements Asset {
    @Override
    public String fileName() {
      return file;
    }
  }

  /// Where it is stored.
  ///
  /// @param externalUrl the address under which people reach the service
  default ObjectKey objectKey(String externalUrl) {
    return switch (this) {
      case Medium medium -> ObjectKey.of(externalUrl, medium.id(), medium.version(), medium.name());
      case Talosctl talosctl ->
          ObjectKey.talosctl(externalUrl, talosctl.version(), talosctl.file());
    };
  }

  /// What is stored under a key; nothing where it is another kind of thing.
  static Optional<Asset> of(ObjectKey key) {
    List<String> path = List.of(key.path().split("/", -1));
    if (path.size() == 5 && path.get(1).equals("image")) {
      return medium(path.get(2), path.get(3), path.get(4));
    }
    return path.size() == 4 && path.get(1).equals("talosctl")
        ? TalosVersion.parse(path.get(2)).map(version -> new Talosctl(version, path.get(3)))
        : Optional.empty();
  }

  private static Optional<Asset> medium(String id, String version, String name) {
    return AssetNameGrammar.parse(name) instanceof AssetNameGrammar.Parsed parsed
        ? ConfigurationId.parse(id)
            .flatMap(known ->
                TalosVersion.parse(version).map(talos -> new Medium(known, talos, parsed.name())))
        : Optional.empty();
  }
}
