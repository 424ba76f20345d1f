package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GrubMenuTest {
  @ParameterizedTest
  @ValueSource(strings = {"\\", "{", "}", "&", "$", "|", ";", "<", ">", "\""})
  void putsABackslashBeforeWhatMeansSomethingToGrub(String special) {
    assertThat(GrubMenu.of("a=" + special + special, false))
        .contains("\tlinux /boot/vmlinuz a=\\" + special + "\\" + special + "\n");
  }

  @Test
  void leavesEverythingElseAlone() {
    String arguments = "a=b,c:d/e[f]~g.h_i-j+k@l%m^n!o?p*q`r 1=(2) \u00e9";
    assertThat(GrubMenu.of(arguments, false)).contains("\tlinux /boot/vmlinuz " + arguments + "\n");
  }

  @Test
  void offersToWipeWhereAsked() {
    assertThat(GrubMenu.of("a", false)).containsOnlyOnce("menuentry ");
    assertThat(GrubMenu.of("a", true))
        .contains("}\n\nmenuentry \"Reset Talos installation\" {\n")
        .contains("\tlinux /boot/vmlinuz a talos.experimental.wipe=system\n");
  }
}
