package imageservice.builder.oci;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// What an operator says about a registry: where it is, who asks, and where it may send its
/// clients.
public record RegistryAccess(RegistryPrefix prefix, Credential credential, AllowedHosts hosts) {
  /// Access to a registry that asks nobody who they are.
  public static RegistryAccess anonymous(RegistryPrefix prefix) {
    return new RegistryAccess(prefix, new Credential.Anonymous(), AllowedHosts.NONE);
  }

  /// The address that a reference of the registry means: a redirect's target or a token server.
  ///
  /// @param subject what failures are reported for
  /// @param base where the reference was found
  /// @param what the reference is, for messages
  URI follow(String subject, URI base, String reference, String what) throws SourceException {
    URI target =
        resolve(base, reference)
            .orElseThrow(
                () -> new SourceException.Malformed(subject, what + publicPart(reference), null));
    Origin from = Origin.of(base);
    Origin to = Origin.of(target);
    if (from.isTls() && !to.isTls()) {
      throw new SourceException.NotAllowed(
          subject,
          "%s sends its clients to %s over plain HTTP".formatted(from, to),
          "the registry must use https there");
    }
    if (!to.equals(Origin.of(prefix.root())) && !allowed().contain(target)) {
      throw new SourceException.NotAllowed(
          subject,
          "%s sends its clients to another host, %s".formatted(prefix.authority(), to),
          "if that is right, allow it with %s %s (on AWS: %s)"
              .formatted(AllowedHosts.SWITCH, to, AllowedHosts.VARIABLE));
    }
    return target;
  }

  private AllowedHosts allowed() {
    return hosts.and(
        KnownRegistry.of(prefix.authority()).map(KnownRegistry::hosts).orElse(Set.of()));
  }

  /// An address as messages show it. Users, passwords and the queries of signed addresses are
  /// secrets of the registry's clients.
  static String publicPart(String reference) {
    return reference.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//…@");
  }

  /// Nothing where the reference is none, or not one of a host's over HTTP.
  private static Optional<URI> resolve(URI base, String reference) {
    try {
      return Optional.of(base.resolve(reference)).filter(RegistryAccess::isHttp);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isHttp(URI uri) {
    return ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
        && uri.getHost() != null
        && uri.getUserInfo() == null
        && uri.getPort() <= 65_535;
  }
}
