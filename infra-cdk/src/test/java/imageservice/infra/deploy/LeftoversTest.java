package imageservice.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.infra.Packaged;
import imageservice.infra.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LeftoversTest {
  private static final Map<String, String> OUTPUTS =
      Map.of("ConfigurationsTableName", "table-1", "AssetBucketName", "bucket-1", "Url", "u");

  @Test
  void saysWhatIsKeptAndHowToGoOnWithIt() {
    assertThat(Leftovers.of(OUTPUTS, settings(Map.of())).kept())
        .containsExactly(
            "kept: the table of configurations, table-1",
            "kept: the bucket of assets, bucket-1",
            "kept: the builder's images, in the ECR repository image-service-builder",
            "to go on with them later: ./deploy -c assetBucket=bucket-1 -c"
                + " configurationsTable=table-1");
  }

  @Test
  void whatTheStackHadAdoptedIsNotItsOwn() {
    Settings adopting = settings(Map.of("configurationsTable", "table-1"));
    assertThat(Leftovers.of(OUTPUTS, adopting))
        .isEqualTo(
            new Leftovers(Optional.empty(), Optional.of("bucket-1"), "image-service-builder"));
  }

  private static Settings settings(Map<String, String> given) {
    return Settings.of(name -> Optional.ofNullable(given.get(name)), Packaged.NOTHING);
  }
}
