package imageservice.functions.registry;

import imageservice.asset.Asset;
import imageservice.asset.AssetKind;
import imageservice.asset.InstallerRepository;
import imageservice.asset.SourceRepository;
import imageservice.configuration.ConfigurationId;
import imageservice.release.TalosVersion;

/// A repository that clients pull from.
sealed interface Repository {
  /// As the client wrote it, `metal-installer/<id>`.
  String name();

  /// In the one spelling under which its images are stored.
  String stored();

  AssetKind kind();

  Asset image(TalosVersion version);

  /// Installers of one configuration.
  record Installers(String name, InstallerRepository installer, ConfigurationId id)
      implements Repository {
    @Override
    public String stored() {
      return installer + "/" + id.hex();
    }

    @Override
    public AssetKind kind() {
      return AssetKind.INSTALLER_IMAGE;
    }

    @Override
    public Asset image(TalosVersion version) {
      return new Asset.InstallerImage(id, version, installer.platform(), installer.secureBoot());
    }
  }

  /// An image of the source.
  record Source(SourceRepository repository) implements Repository {
    @Override
    public String name() {
      return repository.path();
    }

    @Override
    public String stored() {
      return repository.path();
    }

    @Override
    public AssetKind kind() {
      return AssetKind.SOURCE_IMAGE;
    }

    @Override
    public Asset image(TalosVersion version) {
      return new Asset.SourceImage(repository, version);
    }
  }
}
