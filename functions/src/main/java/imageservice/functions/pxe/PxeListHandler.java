package imageservice.functions.pxe;

import imageservice.asset.Architecture;
import imageservice.asset.Platform;
import imageservice.functions.http.Acceptance;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Conditional;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.functions.release.ReleaseReadiness;
import imageservice.json.JsonText;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// `GET /pxe`: the versions, platforms and architectures that iPXE can boot, and the URL of their
/// scripts.
public final class PxeListHandler implements Handler {
  private static final String CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=900";
  private static final String VARY = "Origin, Accept";

  private final String externalUrl;
  private final String pxeUrl;
  private final ReleaseLedger releases;
  private final ReleaseReadiness readiness;

  public PxeListHandler(
      String externalUrl, String pxeUrl, ReleaseLedger releases, ReleaseReadiness readiness) {
    this.externalUrl = externalUrl;
    this.pxeUrl = pxeUrl;
    this.releases = releases;
    this.readiness = readiness;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    List<String> versions =
        releases.read().versions().stream().map(TalosVersion::toString).toList();
    if (versions.isEmpty()) {
      return readiness.notReady();
    }
    Response response =
        Acceptance.prefersJson(request)
            ? Response.of(200, Response.JSON, json(versions))
            : Response.of(200, Response.TEXT, text(versions));
    return Conditional.tagged(response.with("cache-control", CACHE_CONTROL).with("vary", VARY));
  }

  private String json(List<String> versions) {
    return JsonText.object()
            .put("url", pxeUrl + "pxe/{id}/{version}/{platform}-{architecture}")
            .put("platforms", platforms())
            .put("architectures", architectures())
            .put("versions", versions)
        + "\n";
  }

  private String text(List<String> versions) {
    return """
    Boot Talos Linux over the network: have iPXE run

        chain --replace --autofree %spxe/ID/VERSION/PLATFORM-${buildarch}

    ID             of a configuration, from %sschematics
    VERSION        %s
    PLATFORM       %s
    ${buildarch}   is filled in by iPXE; elsewhere %s
    """
        .formatted(
            pxeUrl,
            externalUrl,
            String.join(", ", versions),
            String.join(", ", platforms()),
            String.join(" or ", architectures()));
  }

  /// All but `container`, which boots no kernel.
  private static List<String> platforms() {
    return Arrays.stream(Platform.values())
        .filter(platform -> platform != Platform.CONTAINER)
        .map(Platform::toString)
        .toList();
  }

  private static List<String> architectures() {
    return Arrays.stream(Architecture.values()).map(Architecture::toString).toList();
  }
}
