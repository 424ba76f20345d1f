package imageservice.functions.asset;

import imageservice.asset.Asset;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.release.TolerantVersion;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// `GET /talosctl/{version}/{path}`: redirects the client to a talosctl binary of the release, or
/// answers with what is told about it.
public final class TalosctlHandler implements Handler {
  private final Companions companions;

  public TalosctlHandler(Companions companions) {
    this.companions = companions;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    String text = Optional.ofNullable(segments.get("version")).orElseThrow();
    String file = Optional.ofNullable(segments.get("path")).orElseThrow();
    Optional<TalosVersion> version = TolerantVersion.parse(text);
    return version.isEmpty()
        ? Problem.invalidVersion(text)
        : companions.answer(
            file,
            (name, delivering) ->
                name.isEmpty()
                    ? Problem.of(404, "404 page not found")
                    : delivering.answer(request, new Asset.Talosctl(version.get(), name), name));
  }
}
