package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.AssetName;
import imageservice.configuration.ConfigurationId;
import org.junit.jupiter.api.Test;

final class ObjectKeyTest {
  private static final ConfigurationId ID = new ConfigurationId("0123456789abcdef".repeat(4));
  private static final AssetName ISO = PlanRequests.name("metal-x86_64.iso");

  private final ObjectKey key = key(PlanRequests.URL);

  /// Changes with any recipe: then every object is built again under another address.
  @Test
  void isTheGenerationAndThePath() {
    assertThat(key.value()).isEqualTo("g856ba8cb/image/" + ID.hex() + "/v1.9.5/metal-amd64.iso");
    assertThat(key.path()).isEqualTo("/image/" + ID.hex() + "/v1.9.5/metal-amd64.iso");
    assertThat(key.fileName()).isEqualTo("metal-amd64.iso");
    assertThat(key).hasToString(key.value());
  }

  @Test
  void namesItsBuildByADigest() {
    assertThat(key.buildId())
        .isEqualTo(PlanRequests.digest(key.value()).hex())
        .matches("[0-9a-f]{64}");
  }

  @Test
  void anotherAddressOfTheServiceIsAnotherGeneration() {
    ObjectKey other = key("https://elsewhere.example/");
    assertThat(other).isNotEqualTo(key);
    assertThat(other.path()).isEqualTo(key.path());
  }

  private static ObjectKey key(String externalUrl) {
    return ObjectKey.of(externalUrl, ID, PlanRequests.version("1.9.5"), ISO);
  }
}
