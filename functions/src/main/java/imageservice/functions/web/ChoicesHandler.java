package imageservice.functions.web;

import imageservice.choice.Choices;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Conditional;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.release.TalosVersion;
import java.util.Map;
import java.util.Optional;

/// `GET /web/choices/{version}`: what a version offers to choose from. It reads no table, so that
/// it answers for versions that are not on offer as well.
///
/// @param secureBoot whether the service has keys for secure boot
public record ChoicesHandler(boolean secureBoot) implements Handler {
  @Override
  public Answer handle(Request request, Map<String, String> segments) {
    String text = Optional.ofNullable(segments.get("version")).orElseThrow();
    Optional<TalosVersion> version = TalosVersion.parse(text);
    return version.isEmpty()
        ? Problem.invalidVersion(text)
        : Conditional.tagged(
            Response.of(200, Response.JSON, Choices.of(version.get(), secureBoot) + "\n")
                .with("cache-control", "no-cache"));
  }
}
