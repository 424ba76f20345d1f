package imageservice.builder.oci;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A large public registry whose parts are at several hosts.
///
/// @param name as people write it before a repository
/// @param endpoint the host that speaks the registry's protocol
/// @param aliases other names under which credentials for it are kept
/// @param hosts it sends its clients to: token servers, and storage of blobs
record KnownRegistry(String name, String endpoint, Set<String> aliases, Set<String> hosts) {
  private static final List<KnownRegistry> ALL =
      List.of(
          new KnownRegistry(
              "ghcr.io", "ghcr.io", Set.of(), Set.of("pkg-containers.githubusercontent.com")),
          new KnownRegistry(
              "docker.io",
              "registry-1.docker.io",
              Set.of("index.docker.io", "registry-1.docker.io"),
              Set.of(
                  "auth.docker.io",
                  "production.cloudflare.docker.com",
                  "production.cloudfront.docker.com",
                  "docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com")),
          new KnownRegistry("quay.io", "quay.io", Set.of(), Set.of("*.quay.io")),
          new KnownRegistry(
              "registry.gitlab.com",
              "registry.gitlab.com",
              Set.of(),
              Set.of("gitlab.com", "cdn.registry.gitlab-static.net", "storage.googleapis.com")));

  /// What is known of the registry that this host belongs to.
  static Optional<KnownRegistry> of(String authority) {
    return ALL.stream().filter(known -> known.isCalled(authority)).findFirst();
  }

  private boolean isCalled(String authority) {
    return name.equals(authority) || aliases.contains(authority);
  }
}
