package imageservice.functions.release;

import imageservice.functions.http.Answer;
import imageservice.functions.http.Conditional;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.json.JsonText;
import imageservice.release.Capability;
import imageservice.release.CatalogueExtension;
import imageservice.release.CatalogueOverlay;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import imageservice.release.Talosctl;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The catalogues of one release: `GET /version/{version}/extensions/official`,
/// `/version/{version}/overlays/official` and `/talosctl/{version}`.
public final class CatalogueHandler {
  private static final String CACHE_CONTROL = "public, max-age=3600";
  private static final String EMPTY_LIST = "[]";

  private final String externalUrl;
  private final ReleaseCatalogues catalogues;

  public CatalogueHandler(String externalUrl, ReleaseCatalogues catalogues) {
    this.externalUrl = externalUrl;
    this.catalogues = catalogues;
  }

  public Answer extensions(Request request, Map<String, String> segments) throws IOException {
    String text = version(segments);
    Optional<TalosVersion> version = TalosVersion.parse(text);
    return version.isEmpty()
        ? Problem.invalidVersion(text)
        : list(request, version.get(), "catalogue of extensions", CatalogueHandler::extensions);
  }

  /// An empty list for versions before overlays, even those that the index lacks.
  public Answer overlays(Request request, Map<String, String> segments) throws IOException {
    String text = version(segments);
    Optional<TalosVersion> version = TalosVersion.parse(text);
    if (version.isEmpty()) {
      return Problem.invalidVersion(text);
    }
    return Capability.OVERLAYS.in(version.get())
        ? list(request, version.get(), "catalogue of overlays", CatalogueHandler::overlays)
        : list(EMPTY_LIST);
  }

  public Answer talosctl(Request request, Map<String, String> segments) throws IOException {
    String text = version(segments);
    Optional<TalosVersion> parsed = TolerantVersion.parse(text);
    if (parsed.isEmpty()) {
      return Problem.invalidVersion(text);
    }
    TalosVersion version = parsed.get();
    return catalogues.isOffered(version) && !Capability.TALOSCTL_DOWNLOADS.in(version)
        ? list(EMPTY_LIST)
        : list(request, version, "talosctl downloads", document -> talosctl(document));
  }

  private Answer list(
      Request request,
      TalosVersion version,
      String what,
      Function<ReleaseDocument, Optional<String>> content)
      throws IOException {
    return catalogues.answer(
        request,
        version,
        document -> true,
        (index, release, document) ->
            content
                .apply(document)
                .map(CatalogueHandler::list)
                .orElseGet(() ->
                    Problem.notFound("version %s has no %s".formatted(version.number(), what))));
  }

  private static Answer list(String json) {
    return Conditional.tagged(
        Response.of(200, Response.JSON, json + "\n").with("cache-control", CACHE_CONTROL));
  }

  private static Optional<String> extensions(ReleaseDocument document) {
    return document
        .extensions()
        .map(list -> JsonText.arrayOf(list.stream().map(CatalogueHandler::json).toList()));
  }

  private static Optional<String> overlays(ReleaseDocument document) {
    return document
        .overlays()
        .map(list -> JsonText.arrayOf(list.stream().map(CatalogueHandler::json).toList()));
  }

  private Optional<String> talosctl(ReleaseDocument document) {
    return document
        .talosctl()
        .map(Talosctl::files)
        .map(files -> JsonText.array(links(document.version(), files)));
  }

  private List<String> links(TalosVersion version, List<String> files) {
    return files.stream().map(file -> externalUrl + "talosctl/" + version + "/" + file).toList();
  }

  private static JsonText json(CatalogueExtension extension) {
    return JsonText.object()
        .put("name", extension.name())
        .put("ref", extension.ref())
        .put("digest", extension.digest().value())
        .put("author", extension.author())
        .put("description", extension.description());
  }

  private static JsonText json(CatalogueOverlay overlay) {
    return JsonText.object()
        .put("name", overlay.name())
        .put("image", overlay.image())
        .put("ref", overlay.ref())
        .put("digest", overlay.digest().value());
  }

  private static String version(Map<String, String> segments) {
    return Optional.ofNullable(segments.get("version")).orElseThrow();
  }
}
