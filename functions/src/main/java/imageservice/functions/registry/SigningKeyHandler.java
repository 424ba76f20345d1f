package imageservice.functions.registry;

import imageservice.functions.http.Answer;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.plan.SigningKey;
import java.util.Optional;

/// `GET /oci/cosign/signing-key.pub`: the key by which people verify installer images.
///
/// @param key absent where the service signs none
public record SigningKeyHandler(Optional<SigningKey> key) {
  public Answer find(Request request) {
    return key.<Answer>map(there ->
            Response.of(200, "application/x-pem-file", there.pem())
                .with("cache-control", "no-cache"))
        .orElseGet(() -> Problem.of(404, "this service has no signing key and signs no images"));
  }
}
