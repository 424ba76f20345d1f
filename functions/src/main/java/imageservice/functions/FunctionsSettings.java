package imageservice.functions;

import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.release.TalosVersion;
import java.time.Duration;
import java.util.List;

/// What an operator decides about the request side.
///
/// @param externalUrl the address under which people reach the service, with a final slash
/// @param pxeUrl the address under which machines reach the service that boot over the network,
///   with a final slash; many of them speak plain HTTP alone
/// @param secureBoot whether there are keys to sign with
/// @param asksOverlays whether the builder may run the programs of overlays that are not known here
/// @param server the `Server` header
/// @param idRule how ids are made of canonical texts
/// @param dialect the generation of the peer service whose canonical text is ours
/// @param broken versions that are withheld
/// @param hold how long a request waits for a build
public record FunctionsSettings(
    String externalUrl,
    String pxeUrl,
    boolean secureBoot,
    boolean asksOverlays,
    String server,
    IdRule idRule,
    Dialect dialect,
    List<TalosVersion> broken,
    Duration hold) {
  /// The header `Server`: clients look for the reference's name in it.
  public static final String SERVER = "Image Factory v0.1.0";

  /// API Gateway ends requests after 30 s.
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
