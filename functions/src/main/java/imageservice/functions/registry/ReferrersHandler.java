package imageservice.functions.registry;

import imageservice.functions.configuration.ConfigurationStore;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.Map;

/// `GET /v2/{image}/{id}/referrers/{digest}`: what refers to a manifest. Nothing does yet.
public final class ReferrersHandler implements Handler {
  private static final String EMPTY =
      "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[]}".formatted(Manifests.INDEX);

  private final ConfigurationStore configurations;

  public ReferrersHandler(ConfigurationStore configurations) {
    this.configurations = configurations;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    String digest = Repository.segment(segments, "digest");
    return switch (Repository.known(segments, configurations)) {
      case Repository.Unknown unknown -> unknown.error();
      case Repository.Named ignored ->
          Digest.parse(digest).isPresent() ? referrers(request) : Repository.invalidDigest(digest);
    };
  }

  private static Response referrers(Request request) {
    Response response = Response.of(200, Manifests.INDEX, EMPTY).with("cache-control", "no-cache");
    return request.parameter("artifactType").isPresent()
        ? response.with("oci-filters-applied", "artifactType")
        : response;
  }
}
