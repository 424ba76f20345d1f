package imageservice.functions.asset;

import imageservice.asset.AssetNameGrammar;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `GET /image/{id}/{version}/{path}`: redirects the client to the asset in the store.
public final class AssetHandler implements Handler {
  private static final List<String> COMPANIONS = List.of(".sha256", ".sha512", ".sigstore.json");

  private final ConfiguredPaths paths;
  private final Delivery delivery;

  public AssetHandler(ConfiguredPaths paths, Delivery delivery) {
    this.paths = paths;
    this.delivery = delivery;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    String name = Optional.ofNullable(segments.get("path")).orElseThrow();
    return switch (paths.read(segments, name, invalid -> invalidName(name, invalid))) {
      case ConfiguredPaths.Understood understood ->
          delivery.answer(request, understood.asset(), name);
      case ConfiguredPaths.Fault fault -> fault.problem();
    };
  }

  private static Problem invalidName(String name, AssetNameGrammar.Invalid invalid) {
    return isCompanion(name)
        ? Problem.of(501, "not built yet by this service: checksum and signature files")
        : ConfiguredPaths.invalidName(invalid);
  }

  /// Whether the name is an asset name with the suffix of a checksum or signature file.
  private static boolean isCompanion(String name) {
    return COMPANIONS.stream()
        .filter(name::endsWith)
        .map(suffix -> name.substring(0, name.length() - suffix.length()))
        .anyMatch(stem -> AssetNameGrammar.parse(stem) instanceof AssetNameGrammar.Parsed);
  }
}
