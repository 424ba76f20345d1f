package imageservice.plan.cmdline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.MetaValue;
import imageservice.plan.PlanRequests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

final class MetaArgumentTest {
  private static final String KEY = "talos.environment=INSTALLER_META_BASE64=";

  @Test
  void noValuesAreNoArgument() {
    assertThat(MetaArgument.of(List.of(), PlanRequests.version("v1.9.5"))).isEmpty();
  }

  @Test
  void valuesAreJoinedUnderTheirKeysInHex() {
    List<MetaValue> values =
        List.of(new MetaValue(10, "{}"), new MetaValue(255, "a;b=c"), new MetaValue(0, "\u00e9"));
    assertThat(text(values, "v1.9.5")).isEqualTo("0xa={};0xff=a;b=c;0x0=\u00e9");
  }

  @Test
  void onlyTextsOver256BytesAreCompressed() throws IOException {
    List<MetaValue> fits = List.of(new MetaValue(10, "x".repeat(252)));
    List<MetaValue> over = List.of(new MetaValue(10, "x".repeat(253)));
    assertThat(text(fits, "v1.9.5")).isEqualTo("0xa=" + "x".repeat(252));
    assertThat(unpacked(over, "v1.9.5")).isEqualTo("0xa=" + "x".repeat(253));
  }

  @Test
  void releasesBefore163GetThemPlain() throws IOException {
    List<MetaValue> over = List.of(new MetaValue(10, "x".repeat(253)));
    assertThat(text(over, "v1.6.2")).isEqualTo("0xa=" + "x".repeat(253));
    assertThat(unpacked(over, "v1.6.3")).isEqualTo("0xa=" + "x".repeat(253));
  }

  private static String text(List<MetaValue> values, String version) {
    return new String(content(values, version), UTF_8);
  }

  private static String unpacked(List<MetaValue> values, String version) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(content(values, version)))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static byte[] content(List<MetaValue> values, String version) {
    String argument = MetaArgument.of(values, PlanRequests.version(version)).orElseThrow();
    assertThat(argument).startsWith(KEY);
    return Base64.getDecoder().decode(argument.substring(KEY.length()));
  }
}
