package imageservice.functions.release;

import imageservice.functions.http.Answer;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.plan.SigningCertificate;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// `GET /secureboot/signing-cert.pem` and `.der`: the certificate by which firmware verifies assets
/// for secure boot, for programs and for firmware's own menus.
///
/// @param certificate absent where there are no such assets
public record CertificateHandler(Optional<SigningCertificate> certificate) {
  public Answer pem(Request request, Map<String, String> segments) {
    return answer(there -> Response.of(200, "application/x-pem-file", there.pem()));
  }

  public Answer der(Request request, Map<String, String> segments) {
    return answer(there -> Response.of(200, "application/pkix-cert", there.der()));
  }

  private Answer answer(Function<SigningCertificate, Response> body) {
    return certificate
        .<Answer>map(there -> body.apply(there).with("cache-control", "no-cache"))
        .orElseGet(() -> Problem.of(404, "secure boot is disabled"));
  }
}
