package imageservice.functions.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Posts that are refused: the words that clients know first, then what to do.
final class ConfigurationRefusalTest {
  private static final String BREAKS =
      "; line breaks seem to be missing: send the file with --data-binary, as curl -d strips them\n";

  private final TestService service = new TestService();

  @AfterEach
  void nothingIsStored() {
    assertThat(service.configurations.calls).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "something: | yaml: construct errors: line 1: field something not found in type schematic.Schematic",
        "owner: me | owner field is only supported in Enterprise edition",
        "`` | EOF",
        "# only | EOF",
        "- x | yaml: construct errors: line 1: cannot construct !!seq into schematic.Schematic; a mapping is expected, such as customization: {extraKernelArgs: [vga=791]}",
        "customization: {extraKernelArgs: vga=791} | yaml: construct errors: line 1: cannot construct !!str `vga=791` into []string; a list of texts is expected, such as [first, second]",
        "customization: {extraKernelArgs: [a: b]} | yaml: construct errors: line 1: cannot construct !!map into string; a text is expected; quote it, such as 'a: b'",
        "customization: {meta: {key: 1}} | yaml: construct errors: line 1: cannot construct !!map into []schematic.MetaValue; a list is expected, such as meta: [{key: 10, value: text}]",
        "customization: {meta: [{key: '10'}]} | yaml: construct errors: line 1: cannot construct !!str `10` into uint8; a number from 0 to 255 is expected, without quotes",
        "customization: {systemExtensions: [a]} | yaml: construct errors: line 1: cannot construct !!seq into schematic.SystemExtensions; a mapping is expected, such as systemExtensions: {officialExtensions: [siderolabs/gvisor]}",
        "customization%3A%20%7B%7D | yaml: construct errors: line 1: cannot construct !!str `customi...` into schematic.Schematic; the document seems to be percent-encoded: send the file with curl --data-binary @FILE"
      })
  void theAnswerSaysWhatIsExpected(String document, String line) {
    Response response = service.send("POST", "/schematics", Map.of(), document);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().text()).isEqualTo(line + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customization:\n  extraKernelArgs:\n    - vga=791\n",
        "customization:\r\n  bootloader: grub\r\n",
        "---\ncustomization:\n  meta:\n    - key: 10\n      value: a\n",
        "# mine\ncustomization:\n  extraKernelArgs:\n    - vga=791\n",
        "overlay:\n  name: rpi_generic\n  image: siderolabs/sbc-raspberrypi\ncustomization: {}\n"
      })
  void strippedLineBreaksAreNamed(String document) {
    Map<String, String> curl = Map.of("content-type", "application/x-www-form-urlencoded");
    Response response =
        service.send("POST", "/schematics", curl, document.replaceAll("[\r\n]", ""));
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().text()).endsWith(BREAKS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customization: {extraKernelArgs: [a}",
        "{\"customization\": {\"extraKernelArgs\": 7}}",
        "customization: [",
        "customization:\n  extraKernelArgs: [a\n"
      })
  void otherFaultsAreNotTakenForThem(String document) {
    Response response = service.send("POST", "/schematics", Map.of(), document);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().text()).doesNotContain("line breaks");
  }

  @Test
  void whoAsksForJsonIsToldMoreOfAnEmptyDocument() {
    Map<String, String> json = Map.of("accept", "application/problem+json");
    Response response = service.send("POST", "/schematics", json, "");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().text())
        .contains(
            "EOF; the document is empty: a mapping is expected, such as customization:"
                + " {extraKernelArgs: [vga=791]}");
  }

  @Test
  void aFormWithFilesIsNamed() {
    Response response =
        service.send(
            "POST",
            "/schematics",
            Map.of("content-type", "Multipart/form-data; boundary=x"),
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{}\r\n--x--\r\n");
    assertThat(response.status()).isEqualTo(415);
    assertThat(response.body().text())
        .isEqualTo(
            "the body is multipart, a form with files (curl -F): send the document itself, as with"
                + " curl --data-binary @FILE\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd", "gzip, identity"})
  void aCompressedBodyIsNamed(String encoding) {
    Response response =
        service.send("POST", "/schematics", Map.of("content-encoding", encoding), "{}");
    assertThat(response.status()).isEqualTo(415);
    assertThat(response.body().text())
        .isEqualTo("the body is compressed: send the document itself, uncompressed\n");
  }

  @Test
  void whatCannotBeReadBackIsRefused() {
    String document = "{\"customization\":{\"meta\":[{\"key\":10,\"value\":\" a\\nb\"}]}}";
    Response response = service.send("POST", "/schematics", Map.of(), document);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().text())
        .startsWith("the configuration's canonical text cannot be read back");
  }
}
