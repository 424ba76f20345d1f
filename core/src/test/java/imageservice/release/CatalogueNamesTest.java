package imageservice.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CatalogueNamesTest {
  @Test
  void theOrganisationIsThePrefix() {
    assertThat(CatalogueNames.repository("siderolabs/gvisor")).contains("gvisor");
    assertThat(CatalogueNames.repository("siderolabs/a/b-c.d__e")).contains("a/b-c.d__e");
  }

  @Test
  void nothingElseHasARepository() {
    for (String name :
        new String[] {
          "my-org/x",
          "gvisor",
          "siderolabs/",
          "siderolabs",
          "siderolabs/../x",
          "siderolabs/X",
          "siderolabs//x",
          "/siderolabs/x",
          "siderolabs/" + "x".repeat(300)
        }) {
      assertThat(CatalogueNames.repository(name)).as(name).isEmpty();
    }
  }

  @Test
  void talosctlIsKnownByItsName() {
    for (String name :
        new String[] {
          "talosctl-linux-amd64", "talosctl-linux-armv7", "talosctl-windows-amd64.exe"
        }) {
      assertThat(Talosctl.isFile(name)).as(name).isTrue();
    }
    for (String name :
        new String[] {
          "talosctl",
          "talosctl-linux",
          "talosctl-a/b-c",
          "talosctl-linux-amd64.sig",
          "x",
          "talosctl-..-a"
        }) {
      assertThat(Talosctl.isFile(name)).as(name).isFalse();
    }
  }
}
