package imageservice.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which tags are versions on offer.
final class VersionPolicyTest {
  private static final TalosVersion MINIMUM = TalosVersion.of(1, 2, 0);

  @Test
  void offersReleasesAscendingFromTheMinimumOn() {
    assertThat(
            select(
                Set.of(),
                "v1.10.0",
                "v1.2.0",
                "latest",
                "v1.9.0",
                "v1.2.0-rc.0",
                "v1.1.9",
                "sha256-ab.sig"))
        .containsExactly("v1.2.0", "v1.9.0", "v1.10.0");
  }

  @Test
  void offersPreReleasesOfTheNewestMinorOnly() {
    assertThat(
            select(
                Set.of(),
                "v1.12.0-beta.1",
                "v1.13.0-rc.0",
                "v1.13.0-alpha.2",
                "v1.13.0-beta.10",
                "v1.12.3"))
        .containsExactly("v1.12.3", "v1.13.0-alpha.2", "v1.13.0-beta.10", "v1.13.0-rc.0");
    assertThat(select(Set.of(), "v1.13.0-rc.0", "v1.13.0", "v1.13.1-alpha.0"))
        .containsExactly("v1.13.0-rc.0", "v1.13.0", "v1.13.1-alpha.0");
  }

  @Test
  void offersNoOtherPreReleases() {
    assertThat(
            select(
                Set.of(),
                "v1.13.0-alpha",
                "v1.13.0-alpha.x",
                "v1.13.0-alpha.1.2",
                "v1.13.0-dev.1",
                "v1.13.0-1",
                "v1.12.0"))
        .containsExactly("v1.12.0");
  }

  @Test
  void withholdsBrokenVersionsAndTheirBuilds() {
    assertThat(select(Set.of(TalosVersion.of(1, 9, 1)), "v1.9.0", "v1.9.1", "v1.9.1+b", "v1.9.2"))
        .containsExactly("v1.9.0", "v1.9.2");
  }

  @Test
  void aBrokenNewestVersionIsStillTheNewest() {
    assertThat(select(Set.of(TalosVersion.of(1, 13, 0)), "v1.13.0", "v1.13.0-rc.0", "v1.12.0-rc.0"))
        .containsExactly("v1.13.0-rc.0");
  }

  @Test
  void noTagsAreNoVersions() {
    assertThat(select(Set.of())).isEmpty();
    assertThat(select(Set.of(), "latest")).isEmpty();
  }

  private static List<String> select(Set<TalosVersion> broken, String... tags) {
    return new VersionPolicy(MINIMUM, broken)
        .select(List.of(tags)).stream().map(TalosVersion::toString).toList();
  }
}
