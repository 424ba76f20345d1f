package imageservice.functions.pxe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.ConfigurationId;
import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The scripts of the peer service, byte for byte; `--- <path>: <status> <type>` before each.
final class PxeGoldenTest {
  private static final Map<String, String> DOCUMENTS =
      Map.of(
          "empty",
          "{}",
          "args",
          """
          customization:
            extraKernelArgs: [vga=791, -console, net.ifnames=0, "console=ttyS1,115200", -pti=on, -selinux,
              selinux=0, -slab_nomerge, talos.platform=other, printk.devkmsg=ratelimit]
          """,
          "all",
          """
          customization:
            extraKernelArgs: [vga=791, -console, net.ifnames=0]
            meta:
              - key: 10
                value: '{"externalIPs":["1.2.3.4"]}'
              - key: 12
                value: |
                  two
                  lines
            systemExtensions:
              officialExtensions: [siderolabs/mini-hello, siderolabs/mini-module, siderolabs/mini-firmware]
          """);

  @ParameterizedTest
  @CsvSource({
    "v1.5.5, empty", "v1.5.5, args", "v1.5.5, all",
    "v1.7.6, empty", "v1.7.6, args", "v1.7.6, all",
    "v1.9.5, empty", "v1.9.5, args", "v1.9.5, all",
    "v1.11.0, empty", "v1.11.0, args", "v1.11.0, all",
    "v1.13.2, empty", "v1.13.2, args", "v1.13.2, all"
  })
  void scriptsAreThePeersByteForByte(String version, String name) throws IOException {
    TestService service =
        new TestService().offering(version).signing().pxe("http://127.0.0.1:8090/");
    ConfigurationId id = service.post(Objects.requireNonNull(DOCUMENTS.get(name)));
    List<String> sections = sections(version + "-" + name + ".txt");
    assertThat(sections).hasSize(18);
    for (String section : sections) {
      String path = section.substring(0, section.indexOf(':'));
      Response response = service.get("/pxe/" + id + "/" + version + "/" + path);
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.header("content-type")).contains("text/plain; charset=utf-8");
      assertThat(response.body().text())
          .as(path)
          .isEqualTo(section.substring(section.indexOf('\n') + 1));
    }
  }

  private static List<String> sections(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PxeGoldenTest.class.getResourceAsStream(name), name)) {
      String text = new String(in.readAllBytes(), UTF_8);
      return List.of(text.substring("--- ".length()).split("(?m)^--- ", -1));
    }
  }
}
