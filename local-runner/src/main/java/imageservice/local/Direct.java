package imageservice.local;

import imageservice.functions.http.Response;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which redirects to objects the gateway follows itself, so that the client gets the bytes at the
/// address that it asked for. iPXE always does: it asks for many ranges of one ISO, and would be
/// redirected for each.
///
/// @param objects the address in links to objects, with a final slash
/// @param always for every client
record Direct(String objects, boolean always) {
  /// How `User-Agent` of a network boot loader begins.
  private static final String IPXE = "iPXE/";

  private static final String CHECKSUM = "x-checksum-sha256";

  /// What a redirect says of the asset, and its object does not.
  private static final List<String> OF_THE_ASSET =
      List.of("cache-control", "docker-content-digest", CHECKSUM);

  /// For no client.
  static Direct never() {
    return new Direct("none:/", false);
  }

  /// The path and query of the link that an answer leads to; empty where the client gets the answer
  /// as it is.
  Optional<String> link(GatewayRequest request, GatewayResponse answer) {
    boolean wanted = always || request.headers().getOrDefault("user-agent", "").startsWith(IPXE);
    String location = answer.headers().getOrDefault("location", "");
    boolean leads =
        (answer.status() == 302 || answer.status() == 307)
            && location.startsWith(objects + ObjectLinks.PATH.substring(1));
    return wanted && leads
        ? Optional.of(location.substring(objects.length() - 1))
        : Optional.empty();
  }

  /// The answer with an object, with what the redirect to it says.
  static Response completed(Response answer, GatewayResponse redirect) {
    if (answer.status() >= 400) {
      return answer;
    }
    Response completed = answer;
    for (String name : OF_THE_ASSET) {
      completed = with(completed, name, redirect.headers().get(name));
    }
    return with(completed, "repr-digest", digest(redirect.headers().get(CHECKSUM)));
  }

  private static Response with(Response answer, String name, @Nullable String value) {
    return value == null ? answer : answer.with(name, value);
  }

  /// As RFC 9530 writes it.
  private static @Nullable String digest(@Nullable String hex) {
    return hex == null
        ? null
        : "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)) + ":";
  }
}
