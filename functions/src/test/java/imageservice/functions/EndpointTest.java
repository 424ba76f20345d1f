package imageservice.functions;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.http.Response;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class EndpointTest {
  private final TestService service = new TestService();

  @ParameterizedTest
  @EnumSource(Endpoint.class)
  void everyEndpointIsAnsweredByItsFunction(Endpoint endpoint) {
    String path = endpoint.pattern().toString().replaceAll("[{}+]", "");
    assertThat(Endpoint.ownerOf(path)).isEqualTo(endpoint.owner());
    Response response = service.send(endpoint.method(), path, Map.of());
    assertThat(response.body().text()).isNotEqualTo("404 page not found\n");
    assertThat(response.status()).isNotEqualTo(405);
  }

  @Test
  void noTwoEndpointsAreOne() {
    assertThat(
            Arrays.stream(Endpoint.values())
                .map(endpoint -> endpoint.method() + " " + endpoint.pattern()))
        .doesNotHaveDuplicates();
  }

  /// API Gateway has no route for it.
  @Test
  void theDefaultFunctionAnswersARegistrysSlash() {
    Response response =
        service
            .wiring()
            .router(Endpoint.Owner.RELEASE)
            .apply(TestService.request("GET", "/v2/", "", Map.of(), ""));
    assertThat(response.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/, RELEASE",
    "/nothing/here, RELEASE",
    "'', RELEASE",
    "/image, ASSET",
    "/pxe/x, ASSET"
  })
  void unknownPathsAreTheReleaseFunctions(String path, Endpoint.Owner owner) {
    assertThat(Endpoint.ownerOf(path)).isEqualTo(owner);
  }
}
