package imageservice.functions.asset;

import imageservice.asset.AssetNameGrammar;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// `GET /image/{id}/{version}/{path}`: redirects the client to the asset in the store; with
/// `.sha256` or `.sha512` behind the asset's name answers with its checksum.
public final class AssetHandler implements Handler {
  private static final String SIGNATURE = ".sigstore.json";

  private final ConfiguredPaths paths;
  private final Delivery delivery;
  private final Function<Serving, Delivery> others;

  /// @param others makes deliveries that answer with something else than the asset
  public AssetHandler(
      ConfiguredPaths paths, Delivery delivery, Function<Serving, Delivery> others) {
    this.paths = paths;
    this.delivery = delivery;
    this.others = others;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    String name = Optional.ofNullable(segments.get("path")).orElseThrow();
    Optional<Checksums> checksum =
        Arrays.stream(Checksums.values()).filter(each -> name.endsWith(each.suffix())).findFirst();
    return checksum.isPresent()
        ? answer(
            request, segments, stem(name, checksum.get().suffix()), others.apply(checksum.get()))
        : answer(request, segments, name, delivery);
  }

  private Answer answer(
      Request request, Map<String, String> segments, String name, Delivery delivered)
      throws IOException {
    return switch (paths.read(segments, name, invalid -> invalidName(name, invalid))) {
      case ConfiguredPaths.Understood understood ->
          delivered.answer(request, understood.asset(), name);
      case ConfiguredPaths.Fault fault -> fault.problem();
    };
  }

  private static Problem invalidName(String name, AssetNameGrammar.Invalid invalid) {
    return name.endsWith(SIGNATURE)
            && AssetNameGrammar.parse(stem(name, SIGNATURE)) instanceof AssetNameGrammar.Parsed
        ? Problem.of(501, "not built yet by this service: signature files")
        : ConfiguredPaths.invalidName(invalid);
  }

  private static String stem(String name, String suffix) {
    return name.substring(0, name.length() - suffix.length());
  }
}
