package imageservice.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.TalosVersion;
import org.junit.jupiter.api.Test;

final class DemoVersionsTest {
  private static final String THERE = ": there are v1.2.0 to v1.14.x, such as v1.9.5 and v1.13.2";

  @Test
  void readsListsOfVersions() {
    assertThat(DemoVersions.parse("v1.13.2, 1.9.5,v1.13.2"))
        .containsExactly(TalosVersion.of(1, 9, 5), TalosVersion.of(1, 13, 2));
    assertThat(DemoVersions.parse("v1.14.0-alpha.1,v1.2.0"))
        .extracting(TalosVersion::toString)
        .containsExactly("v1.2.0", "v1.14.0-alpha.1");
    assertThat(DemoVersions.parse(DemoVersions.STANDARD)).hasSize(2);
  }

  @Test
  void refusesByNameWhatIsNoVersion() {
    for (String text : new String[] {"", "latest", "v1.9", "v1.9.5+build"}) {
      assertThatThrownBy(() -> DemoVersions.parse("v1.9.5," + text))
          .hasMessage("\"" + text + "\" is no version of Talos" + THERE);
    }
  }

  @Test
  void refusesByNameWhatThereCanBeNoReleaseOf() {
    for (String text : new String[] {"v1.1.9", "v1.2.0-beta.1", "v1.15.0", "v2.0.0", "v0.14.0"}) {
      assertThatThrownBy(() -> DemoVersions.parse(text + ",v1.9.5"))
          .hasMessage("no release " + text + THERE);
    }
  }
}
