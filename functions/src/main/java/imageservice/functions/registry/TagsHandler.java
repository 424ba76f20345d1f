package imageservice.functions.registry;

import imageservice.functions.http.Answer;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Paths;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.functions.release.ReleaseReadiness;
import imageservice.json.JsonText;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `GET /v2/{image}/{id}/tags/list`: the versions for which images can be pulled, and `latest`, in
/// lexical order.
public final class TagsHandler implements Handler {
  private final Repositories repositories;
  private final ReleaseLedger releases;
  private final ReleaseReadiness readiness;

  public TagsHandler(
      Repositories repositories, ReleaseLedger releases, ReleaseReadiness readiness) {
    this.repositories = repositories;
    this.releases = releases;
    this.readiness = readiness;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    return switch (repositories.named(request, segments)) {
      case Repositories.Unknown unknown -> unknown.error();
      case Repositories.Named(Repository repository) -> tags(request, repository);
    };
  }

  private Answer tags(Request request, Repository repository) throws IOException {
    List<TalosVersion> versions = releases.read().versions();
    if (versions.isEmpty()) {
      return readiness.notReady();
    }
    String count = request.parameter("n").orElse("");
    if (!count.matches("[0-9]{0,9}")) {
      return RegistryErrors.of(
          RegistryErrors.Code.PAGINATION_NUMBER_INVALID, "n is how many tags are wanted: " + count);
    }
    String last = request.parameter("last").orElse("");
    List<String> after = tags(versions).stream().filter(tag -> tag.compareTo(last) > 0).toList();
    int most = count.isEmpty() ? after.size() : Integer.parseInt(count);
    return page(repository, after.subList(0, Math.min(most, after.size())), most < after.size());
  }

  private static List<String> tags(List<TalosVersion> versions) {
    List<String> tags = new ArrayList<>(versions.stream().map(TalosVersion::toString).toList());
    if (versions.stream().anyMatch(version -> version.preRelease().isEmpty())) {
      tags.add(ManifestHandler.LATEST);
    }
    return tags.stream().sorted().toList();
  }

  private static Response page(Repository repository, List<String> tags, boolean more) {
    String body = JsonText.object().put("name", repository.name()).put("tags", tags).toString();
    Response response =
        Response.of(200, Response.JSON, body + "\n").with("cache-control", "public, max-age=60");
    return more && !tags.isEmpty() ? response.with("link", next(repository, tags)) : response;
  }

  /// The page after this one, of the same length (RFC 8288).
  private static String next(Repository repository, List<String> tags) {
    return "</v2/%s/tags/list?n=%d&last=%s>; rel=\"next\""
        .formatted(repository.name(), tags.size(), Paths.encodeParameter(tags.getLast()));
  }
}
