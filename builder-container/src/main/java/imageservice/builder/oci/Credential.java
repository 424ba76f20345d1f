package imageservice.builder.oci;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What the service proves to a registry who it is with. Secrets never appear in texts.
public sealed interface Credential {
  /// The command-line option that names a file with credentials.
  String SWITCH = "--source-credentials";

  /// The variable that names them on AWS.
  String VARIABLE = "SOURCE_CREDENTIALS";

  /// Nothing is known for the registry.
  record Anonymous() implements Credential {
    @Override
    public String remedy(String registry) {
      return "check the repository's name and that it is public, or give a credential: docker login"
          + " %s, or %s FILE (on AWS: %s)".formatted(registry, SWITCH, VARIABLE);
    }
  }

  /// A user and a password, or an access token in place of it (RFC 7617).
  record Password(String user, String secret) implements Credential {
    /// The value of an `Authorization` header.
    String basic() {
      byte[] pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String remedy(String registry) {
      return "check the repository's name, and the credential of %s for %s"
          .formatted(user, registry);
    }

    @Override
    public String toString() {
      return "Password[" + user + "]";
    }
  }

  /// A token that a token server exchanges for one of the registry (distribution, OAuth 2 token
  /// authentication; RFC 6749, section 6).
  record IdentityToken(String secret) implements Credential {
    @Override
    public String remedy(String registry) {
      return "check the repository's name, and the identity token for " + registry;
    }

    @Override
    public String toString() {
      return "IdentityToken[]";
    }
  }

  /// A credential that a helper program of Docker's keeps. The program is not run.
  ///
  /// @param program such as `docker-credential-pass`
  record Kept(String program) implements Credential {
    @Override
    public String remedy(String registry) {
      return "the credential for %s is kept by %s, which the service does not run: give it with %s FILE (on AWS: %s)"
          .formatted(registry, program, SWITCH, VARIABLE);
    }
  }

  /// What to do where the registry says no.
  ///
  /// @param registry its host
  String remedy(String registry);
}
