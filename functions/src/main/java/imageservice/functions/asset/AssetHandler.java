package imageservice.functions.asset;

import imageservice.functions.http.Answer;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Request;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// `GET /image/{id}/{version}/{path}`: redirects the client to the asset in the store, or answers
/// with what is told about it.
public final class AssetHandler implements Handler {
  private final ConfiguredPaths paths;
  private final Companions companions;

  public AssetHandler(ConfiguredPaths paths, Companions companions) {
    this.paths = paths;
    this.companions = companions;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    return companions.answer(
        Optional.ofNullable(segments.get("path")).orElseThrow(),
        (name, delivering) ->
            switch (paths.read(segments, name, ConfiguredPaths::invalidName)) {
              case ConfiguredPaths.Understood understood ->
                  delivering.answer(request, understood.asset(), name);
              case ConfiguredPaths.Fault fault -> fault.problem();
            });
  }
}
