package imageservice.asset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InstallerRepositoryTest {
  @ParameterizedTest
  @CsvSource({
    "installer, metal-installer",
    "installer-secureboot, metal-installer-secureboot",
    "metal-installer, metal-installer",
    "aws-installer-secureboot, aws-installer-secureboot",
    "digital-ocean-installer, digital-ocean-installer",
    "equinixMetal-installer, equinixMetal-installer",
    "equinixmetal-installer, equinixMetal-installer",
    "packet-installer, equinixMetal-installer"
  })
  void everySpellingBecomesOne(String name, String one) {
    assertThat(InstallerRepository.parse(name)).get().asString().isEqualTo(one);
  }

  @Test
  void allPlatformsAreReadBack() {
    for (Platform platform : Platform.values()) {
      for (boolean secureBoot : new boolean[] {false, true}) {
        InstallerRepository repository = new InstallerRepository(platform, secureBoot);
        assertThat(InstallerRepository.parse(repository.toString())).contains(repository);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-installer", "foo-installer", "imager", "installer-", "METAL-installer"})
  void anyOtherNameIsNone(String name) {
    assertThat(InstallerRepository.parse(name)).isEmpty();
  }
}
