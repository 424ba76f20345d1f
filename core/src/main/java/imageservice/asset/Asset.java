package imageservice.asset;

import imageservice.configuration.ConfigurationId;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A finished file that clients download, identified by the parts of its URL.
public sealed interface Asset {
  TalosVersion version();

  AssetKind kind();

  /// The asset's file name, in the one spelling under which it is stored.
  String fileName();

  /// The path of its URL: `/image/<id>/v1.9.5/metal-amd64.iso`.
  String path();

  /// An asset of one configuration and one release.
  record Configured(ConfigurationId id, TalosVersion version, AssetName name) implements Asset {
    @Override
    public AssetKind kind() {
      return name.kind();
    }

    @Override
    public String fileName() {
      return name.toString();
    }

    @Override
    public String path() {
      return "/image/%s/%s/%s".formatted(id.hex(), version, name);
    }
  }

  /// A talosctl binary of a release, the same for all configurations.
  record Talosctl(TalosVersion version, String fileName) implements Asset {
    public Talosctl {
      if (fileName.isEmpty() || fileName.indexOf('/') >= 0) {
        throw new IllegalArgumentException("not a file name: \"" + fileName + "\"");
      }
    }

    @Override
    public AssetKind kind() {
      return AssetKind.TALOSCTL;
    }

    @Override
    public String path() {
      return "/talosctl/%s/%s".formatted(version, fileName);
    }
  }

  /// The index of an installer's container image for both architectures, as a registry serves it.
  record InstallerImage(
      ConfigurationId id, TalosVersion version, Platform platform, boolean secureBoot)
      implements Asset {
    @Override
    public AssetKind kind() {
      return AssetKind.INSTALLER_IMAGE;
    }

    @Override
    public String fileName() {
      return installer() + ".json";
    }

    @Override
    public String path() {
      return "/v2/%s/manifests/%s".formatted(repository(), version);
    }

    /// The name of the image's repository.
    public String repository() {
      return installer() + "/" + id.hex();
    }

    private InstallerRepository installer() {
      return new InstallerRepository(platform, secureBoot);
    }
  }

  /// An image of a release as its source has it: its index, or its manifest where it has none.
  record SourceImage(SourceRepository repository, TalosVersion version) implements Asset {
    @Override
    public AssetKind kind() {
      return AssetKind.SOURCE_IMAGE;
    }

    @Override
    public String fileName() {
      return repository + ".json";
    }

    @Override
    public String path() {
      return "/v2/%s/manifests/%s".formatted(repository.path(), version);
    }
  }

  /// The signed statement of what another asset is and was built from: a sigstore bundle.
  ///
  /// @param of a configured asset or a talosctl binary
  /// @param digest of that asset's bytes
  record Attestation(Asset of, Digest digest) implements Asset {
    public static final String SUFFIX = ".sigstore.json";

    public Attestation {
      if (!(of instanceof Configured || of instanceof Talosctl)) {
        throw new IllegalArgumentException("no file: " + of.path());
      }
    }

    @Override
    public TalosVersion version() {
      return of.version();
    }

    @Override
    public AssetKind kind() {
      return AssetKind.ATTESTATION;
    }

    @Override
    public String fileName() {
      return of.fileName() + SUFFIX;
    }

    /// With the digest, which the URL has not: whoever asks for the attestation of an asset gets
    /// that of the asset as it is.
    @Override
    public String path() {
      return of.path() + SUFFIX + "/" + digest.hex();
    }
  }

  /// The asset with this path; empty where no asset has exactly this path.
  static Optional<Asset> ofPath(String path) {
    return parse(List.of(path.split("/", -1))).filter(asset -> asset.path().equals(path));
  }

  private static Optional<Asset> parse(List<String> segments) {
    String name = segments.get(Math.max(0, segments.size() - 2));
    if (name.endsWith(Attestation.SUFFIX)) {
      return attestation(segments, name);
    }
    if (segments.size() == 5 && segments.get(1).equals("image")) {
      return configured(segments.get(2), segments.get(3), segments.get(4));
    }
    if (segments.size() == 6
        && segments.get(1).equals("v2")
        && segments.get(4).equals("manifests")) {
      return segments.get(2).equals(SourceRepository.NAMESPACE)
          ? source(segments.get(3), segments.get(5))
          : installer(segments.get(2), segments.get(3), segments.get(5));
    }
    return segments.size() == 4 && segments.get(1).equals("talosctl") && !segments.get(3).isEmpty()
        ? TalosVersion.parse(segments.get(2)).map(version -> new Talosctl(version, segments.get(3)))
        : Optional.empty();
  }

  private static Optional<Asset> attestation(List<String> segments, String name) {
    List<String> of = new ArrayList<>(segments.subList(0, segments.size() - 2));
    of.add(name.substring(0, name.length() - Attestation.SUFFIX.length()));
    return Digest.parse("sha256:" + segments.getLast())
        .flatMap(digest ->
            parse(of)
                .filter(asset -> asset instanceof Configured || asset instanceof Talosctl)
                .map(asset -> new Attestation(asset, digest)));
  }

  private static Optional<Asset> configured(String id, String version, String name) {
    return AssetNameGrammar.parse(name) instanceof AssetNameGrammar.Parsed parsed
        ? ConfigurationId.parse(id)
            .flatMap(known ->
                TalosVersion.parse(version)
                    .map(talos -> new Configured(known, talos, parsed.name())))
        : Optional.empty();
  }

  private static Optional<Asset> source(String name, String version) {
    return SourceRepository.parse(name)
        .flatMap(repository ->
            TalosVersion.parse(version).map(talos -> new SourceImage(repository, talos)));
  }

  private static Optional<Asset> installer(String repository, String id, String version) {
    return InstallerRepository.parse(repository)
        .flatMap(named ->
            ConfigurationId.parse(id)
                .flatMap(known ->
                    TalosVersion.parse(version)
                        .map(talos ->
                            new InstallerImage(
                                known, talos, named.platform(), named.secureBoot()))));
  }
}
