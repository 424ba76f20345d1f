package imageservice.functions;

import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.plan.BootKeys;
import imageservice.plan.SigningKey;
import imageservice.release.TalosVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What an operator decides about the request side.
///
/// @param externalUrl the URL under which people reach the service, with a final slash
/// @param pxeUrl the URL under which machines reach the service that boot over the network, with a
///   final slash; many of these machines speak HTTP without TLS only
/// @param bootKeys that sign assets for secure boot; absent where there are no such assets
/// @param runsOverlayPrograms whether the builder may run an overlay's own program where the table
///   `OverlayArguments` of `core` lacks the overlay
/// @param server value of the header `Server`
/// @param idRule how the service computes configuration ids from canonical texts; asked only where
///   ids are made, as its key may have to be fetched
/// @param dialect the generation of the reference whose canonical text this service writes
/// @param broken withheld Talos versions
/// @param hold the longest time one request is kept while it waits for a build
/// @param waitingPlaces how many requests may wait for builds at once, of all instances together;
///   absent, as many as come
/// @param trusted how long the record of a finished build is good, as the store removes objects by
///   age
/// @param answersHead whether what is in front of the functions passes a `Content-Length` on in the
///   answer to HEAD; else HEAD of an asset is redirected to the store
/// @param proxiesSources whether the registry passes images of the source on
/// @param signingKey by which people verify installer images; absent where the builder signs none
public record FunctionsSettings(
    String externalUrl,
    String pxeUrl,
    Optional<BootKeys> bootKeys,
    boolean runsOverlayPrograms,
    String server,
    Supplier<IdRule> idRule,
    Dialect dialect,
    List<TalosVersion> broken,
    Duration hold,
    Optional<Integer> waitingPlaces,
    Duration trusted,
    boolean answersHead,
    boolean proxiesSources,
    Optional<SigningKey> signingKey) {
  /// Value of the header `Server`, in which clients look for the reference's name.
  public static final String SERVER = "Image Factory v0.1.0";

  /// The hold on AWS, below the 30 s after which API Gateway ends a request.
  public static final Duration DEFAULT_HOLD = Duration.ofSeconds(24);

  public FunctionsSettings {
    requireAddress("external", externalUrl);
    requireAddress("PXE", pxeUrl);
    broken = List.copyOf(broken);
  }

  private static void requireAddress(String name, String url) {
    if (!url.matches("https?://[^\\s/]+(/\\S*)?/")) {
      throw new IllegalArgumentException(name + " URL, with a final slash: " + url);
    }
  }
}
