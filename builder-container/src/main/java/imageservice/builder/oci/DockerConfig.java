package imageservice.builder.oci;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Credentials in the form of Docker's `config.json`, which Podman and Skopeo write as well:
/// `{"auths":{"HOST":{"auth":"base64 of USER:PASSWORD"}}}`. No message quotes any of it but names
/// of hosts and programs.
public final class DockerConfig {
  private static final String HELPER = "docker-credential-";

  private DockerConfig() {}

  /// The credential for a registry: that of the longest name which the prefix begins with.
  ///
  /// @throws IllegalArgumentException where the document is not of that form
  public static Credential find(byte[] json, RegistryPrefix prefix) {
    try {
      return find(JsonFields.foreign(json), prefix);
    } catch (MalformedJsonException e) {
      // the exception may quote a secret, so it is no cause of this one
      throw new IllegalArgumentException(
          "not in the form of Docker's config.json, {\"auths\":{\"HOST\":{\"auth\":\"...\"}}}");
    }
  }

  private static Credential find(JsonFields document, RegistryPrefix prefix)
      throws MalformedJsonException {
    Optional<JsonFields> helpers = document.optionalObject("credHelpers");
    if (helpers.isPresent()) {
      Optional<String> host = best(helpers.get().names(), prefix);
      if (host.isPresent()) {
        return new Credential.Kept(HELPER + helpers.get().line(host.get()));
      }
    }
    Optional<JsonFields> auths = document.optionalObject("auths");
    Optional<String> host = auths.flatMap(entries -> best(entries.names(), prefix));
    return host.isPresent()
        ? credential(auths.get().object(host.get()), document.optionalLine("credsStore"))
        : new Credential.Anonymous();
  }

  /// An entry without a secret says that the helper has one.
  private static Credential credential(JsonFields entry, Optional<String> helper)
      throws MalformedJsonException {
    Optional<String> identity = filled(entry, "identitytoken");
    if (identity.isPresent()) {
      return new Credential.IdentityToken(identity.get());
    }
    Optional<String> auth = filled(entry, "auth");
    if (auth.isPresent()) {
      return decoded(auth.get());
    }
    Optional<String> user = filled(entry, "username");
    Optional<String> password = filled(entry, "password");
    if (user.isPresent() && password.isPresent()) {
      return new Credential.Password(user.get(), password.get());
    }
    return helper
        .<Credential>map(name -> new Credential.Kept(HELPER + name))
        .orElse(new Credential.Anonymous());
  }

  private static Optional<String> filled(JsonFields entry, String name)
      throws MalformedJsonException {
    return entry.optionalLine(name).filter(text -> !text.isEmpty());
  }

  private static Credential decoded(String auth) throws MalformedJsonException {
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedJsonException("auth is not base64");
    }
    int colon = pair.indexOf(':');
    if (colon < 1) {
      throw new MalformedJsonException("auth is not USER:PASSWORD");
    }
    return new Credential.Password(pair.substring(0, colon), pair.substring(colon + 1));
  }

  private static Optional<String> best(List<String> names, RegistryPrefix prefix) {
    Set<String> hosts = new HashSet<>(Set.of(prefix.authority()));
    KnownRegistry.of(prefix.authority())
        .ifPresent(known -> {
          hosts.add(known.name());
          hosts.addAll(known.aliases());
        });
    return names.stream()
        .filter(name -> isFor(name, hosts, prefix.namespace()))
        .max(Comparator.comparingInt(name -> path(name).length()));
  }

  private static boolean isFor(String name, Set<String> hosts, String namespace) {
    return hosts.contains(bare(name).split("/", 2)[0].toLowerCase(Locale.ROOT))
        && namespace.startsWith(path(name));
  }

  /// The namespace that a name is limited to, ending in `/`; empty for a whole host, which is also
  /// written `https://HOST/v1/`.
  private static String path(String name) {
    String[] parts = bare(name).replaceFirst("/+$", "").split("/", 2);
    return parts.length == 1 || parts[1].matches("v[12]") ? "" : parts[1] + "/";
  }

  private static String bare(String name) {
    return name.replaceFirst("^(?i)https?://", "");
  }
}
