package imageservice.functions;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.http.Response;
import imageservice.json.JsonFields;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Texts that clients parse are the reference's to the letter; what to do is in the problem
/// document.
final class RefusalTextsTest {
  private static final String UNKNOWN = "a".repeat(64);

  private final TestService service = new TestService();

  @BeforeEach
  void offerVersions() throws IOException {
    service.offering("v1.9.5", "v1.10.0", "v1.11.0", "v1.11.1").quickBuilder();
    service.post("{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/schematics/UNKNOWN | schematic not found | POST /schematics",
        "/image/UNKNOWN/v1.9.5/kernel-amd64 | schematic ID \"UNKNOWN\" not found | POST the configuration",
        "/image/UNKNOWN/foo/kernel-amd64 | schematic ID \"UNKNOWN\" not found | POST the configuration",
        "/image/abc/v1.9.5/kernel-amd64 | schematic ID \"abc\" not found | an id has 64 hex digits",
        "/talosctl/v1.10.0/talosctl-linux-amd64 | version 1.10.0 is not available | from v1.11 on",
        "/talosctl/v1.9.9 | version 1.9.9 is not available | on offer are v1.9.5, v1.11.1, v1.10.0;",
        "/version/v1.99.0/extensions/official | version 1.99.0 is not available | on offer are v1.11.1, v1.10.0, v1.9.5; GET /versions lists all",
        "/image/EMPTY/v1.9.5/metal-amd64.ssd | error parsing profile from path: invalid profile path: \"metal-amd64.ssd\" | names are kernel-ARCH, "
      })
  void areWholeAndTheDocumentSaysWhatToDo(String path, String text, String advice)
      throws Exception {
    String address = path.replace("UNKNOWN", UNKNOWN).replace("EMPTY", TestService.EMPTY);
    String line = text.replace("UNKNOWN", UNKNOWN);
    assertThat(service.get(address).body().text()).isEqualTo(line + "\n");
    Response document = service.send("GET", address, Map.of("accept", "application/json"));
    assertThat(JsonFields.parse(document.body().text()).text("detail"))
        .startsWith(line + "; ")
        .contains(advice);
  }
}
