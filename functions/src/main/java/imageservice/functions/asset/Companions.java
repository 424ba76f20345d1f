package imageservice.functions.asset;

import imageservice.asset.Asset;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// An asset, and what is told about it under its name with a suffix: checksums, documents, and its
/// attestation.
public final class Companions {
  /// Answers a request for an asset, as {@link Delivery} does.
  @FunctionalInterface
  public interface Delivering {
    /// @param requestedName the asset name as the client spelled it
    Answer answer(Request request, Asset asset, String requestedName) throws IOException;
  }

  /// Reads an asset name.
  @FunctionalInterface
  public interface Reading {
    /// The answer for the asset of this name, or what is wrong with the name.
    Answer read(String name, Delivering delivering) throws IOException;
  }

  private record Known(String suffix, Delivering delivering) {}

  private final Delivering asset;
  private final List<Known> known = new ArrayList<>();

  /// @param asset delivers the asset itself
  /// @param others makes deliveries that answer with something else than the asset
  /// @param attestation answers for the attestation of an asset
  public Companions(
      Delivering asset,
      Function<Serving, Delivery> others,
      AssetContexts contexts,
      String externalUrl,
      Delivering attestation) {
    this.asset = asset;
    for (Checksums each : Checksums.values()) {
      known.add(new Known(each.suffix(), others.apply(each)::answer));
    }
    for (Companion each : Companion.values()) {
      Delivery delivery = others.apply(each.serving(contexts, externalUrl));
      known.add(new Known(each.suffix(), delivery::answer));
    }
    known.add(new Known(Asset.Attestation.SUFFIX, attestation));
  }

  /// How clients get the attestation of an asset that is ready.
  ///
  /// @param attestations delivers attestations
  public static Serving attested(Delivery attestations) {
    return (wanted, found, stored) ->
        attestations.answer(
            wanted.request(),
            new Asset.Attestation(wanted.address().asset(), stored.digest()),
            wanted.requestedName() + Asset.Attestation.SUFFIX);
  }

  /// @param name with or without the suffix of a companion
  Answer answer(String name, Reading reading) throws IOException {
    for (Known each : known) {
      if (name.endsWith(each.suffix())) {
        String stem = name.substring(0, name.length() - each.suffix().length());
        return reading.read(stem, each.delivering());
      }
    }
    return reading.read(name, asset);
  }
}
