package imageservice.functions.asset;

import imageservice.configuration.ConfigurationId;
import imageservice.configuration.NamedConfiguration;
import imageservice.functions.configuration.ConfigurationStore;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.functions.release.ReleaseCatalogues;
import imageservice.plan.BootKeys;
import imageservice.plan.Lock;
import imageservice.plan.LockJson;
import imageservice.release.InstallerBase;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// `GET /image/{id}/{version}/lock`: everything that the assets of a configuration and version are
/// built from, by digest.
public final class LockHandler implements Handler {
  private final String externalUrl;
  private final ConfigurationStore configurations;
  private final ReleaseCatalogues catalogues;
  private final Optional<BootKeys> bootKeys;

  /// @param bootKeys that sign assets for secure boot; absent where there are no such assets
  public LockHandler(
      String externalUrl,
      ConfigurationStore configurations,
      ReleaseCatalogues catalogues,
      Optional<BootKeys> bootKeys) {
    this.externalUrl = externalUrl;
    this.bootKeys = bootKeys;
    this.configurations = configurations;
    this.catalogues = catalogues;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    String id = Optional.ofNullable(segments.get("id")).orElseThrow();
    String version = Optional.ofNullable(segments.get("version")).orElseThrow();
    Optional<ConfigurationId> parsed = ConfigurationId.parse(id);
    Optional<NamedConfiguration> named =
        parsed.isPresent() ? configurations.read(parsed.get()) : Optional.empty();
    if (named.isEmpty()) {
      return ConfiguredPaths.unknown(id);
    }
    Optional<TalosVersion> talos = TalosVersion.parse(version);
    return talos.isEmpty()
        ? Problem.invalidVersion(version)
        : catalogues.answer(
            request,
            talos.get(),
            document -> !(document.installerBase() instanceof InstallerBase.NotRead),
            (index, release, document) ->
                Response.of(
                        200,
                        Response.JSON,
                        LockJson.write(
                            Lock.of(
                                externalUrl,
                                named.get(),
                                release,
                                index.grubKit(),
                                bootKeys,
                                document)))
                    .with(
                        "content-disposition",
                        S3AssetLinks.disposition(
                            "%s-%s.lock.json".formatted(id.substring(0, 12), release.version())))
                    .with("cache-control", "no-cache"));
  }
}
