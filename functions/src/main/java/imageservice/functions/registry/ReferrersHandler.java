package imageservice.functions.registry;

import imageservice.asset.AttachmentTag;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `GET /v2/{image}/{id}/referrers/{digest}`: what refers to a manifest, of one type where the
/// client asks for it (OCI distribution specification, "Listing Referrers").
public final class ReferrersHandler implements Handler {
  private static final String ARTIFACT_TYPE = "artifactType";
  private static final String MANIFESTS = "manifests";

  private final Repositories repositories;
  private final Attachments attachments;

  public ReferrersHandler(Repositories repositories, Attachments attachments) {
    this.repositories = repositories;
    this.attachments = attachments;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    String text = Repositories.segment(segments, "digest");
    Optional<Digest> digest = Digest.parse(text);
    return switch (repositories.named(request, segments)) {
      case Repositories.Unknown unknown -> unknown.error();
      case Repositories.Named(Repository repository) ->
          digest.isPresent()
              ? referrers(request, repository, digest.get())
              : Repositories.invalidDigest(text);
    };
  }

  private Response referrers(Request request, Repository repository, Digest digest)
      throws IOException {
    Response all =
        attachments
            .find(repository, new AttachmentTag(digest, AttachmentTag.Kind.REFERRERS))
            .orElseGet(() -> list(List.of()));
    Optional<String> type = request.parameter(ARTIFACT_TYPE);
    return type.isPresent()
        ? list(ofType(type.get(), all.body().bytes())).with("oci-filters-applied", ARTIFACT_TYPE)
        : all;
  }

  private static Response list(List<JsonText> manifests) {
    JsonText index =
        JsonText.object()
            .put("schemaVersion", 2)
            .put("mediaType", Manifests.INDEX)
            .put(MANIFESTS, manifests);
    return Manifests.answer(Manifests.INDEX, index.toString().getBytes(StandardCharsets.UTF_8))
        .with("cache-control", "no-cache");
  }

  private static List<JsonText> ofType(String type, byte[] index) throws IOException {
    List<JsonText> chosen = new ArrayList<>();
    try {
      for (JsonFields entry : JsonFields.foreign(index).objects(MANIFESTS)) {
        if (entry.optionalText(ARTIFACT_TYPE).equals(Optional.of(type))) {
          chosen.add(JsonText.of(entry));
        }
      }
    } catch (MalformedJsonException e) {
      throw new IOException("a list of referrers: " + e.getMessage(), e);
    }
    return chosen;
  }
}
