package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imageservice.blackbox.Client.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Boot scripts, and what they lead to.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class PxeTest {
  private static final String IPXE = "iPXE/2.0.0";
  private static final Pattern ADDRESS = Pattern.compile("(?m)^(?:kernel|initrd) (\\S+)");

  private final ServiceUnderTest service;
  private final Client client;

  PxeTest(ServiceUnderTest service) {
    assumeTrue(service.hasSyntheticRelease(), "SKIPPED: compares with the synthetic release");
    this.service = service;
    this.client = service.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void aColdScriptLeadsToKernelAndInitramfs() throws Exception {
    String id = client.configure("customization: {extraKernelArgs: [pxe=yes]}");
    Answer script = client.get("/pxe/" + id + "/v1.9.5/metal-i386", "User-Agent", IPXE);
    assertThat(script.status()).isEqualTo(200);
    assertThat(script.required("content-type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(script.required("cache-control")).isEqualTo("no-cache");
    String image = service.url() + "image/" + id + "/v1.9.5/";
    assertThat(script.text())
        .startsWith("#!ipxe\n\nimgfree\nkernel " + image + "kernel-amd64 talos.platform=metal ")
        .endsWith(" pxe=yes\ninitrd " + image + "initramfs-amd64.xz\nboot\n");
    Matcher address = ADDRESS.matcher(script.text());
    List<byte[]> files = new ArrayList<>();
    while (address.find()) {
      Answer found = asIpxe(address.group(1));
      Answer file =
          found.status() == 200
              ? found
              : client.get(found.required("location"), "User-Agent", IPXE);
      assertThat(file.status()).isEqualTo(200);
      assertThat(file.required("content-length")).isEqualTo("" + file.body().length);
      files.add(file.body());
    }
    assertThat(files).hasSize(2);
    assertThat(files.getFirst()).isEqualTo(SyntheticRelease.kernel("v1.9.5", "amd64", 1));
    assertThat(client.head("/pxe/" + id + "/v1.9.5/metal-amd64").required("etag"))
        .isEqualTo(script.required("etag"));
  }

  /// What iPXE does: it asks again for as long as it is told to. On a laptop it gets the file at
  /// its own address, on AWS a link.
  private Answer asIpxe(String url) throws IOException, InterruptedException {
    Answer answer = client.get(url, "User-Agent", IPXE);
    while (answer.status() != 302 && answer.status() != 200) {
      assertThat(answer.status()).as(answer.toString()).isIn(307, 503);
      Thread.sleep(1000L * Integer.parseInt(answer.header("retry-after").orElse("0")));
      String next = answer.header("location").orElse(url);
      answer = client.get(next, "User-Agent", IPXE);
    }
    return answer;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1.9.5/metal-riscv64 | 400 | error parsing profile from path: invalid architecture: \"riscv64\"; known: amd64, arm64",
        "/v1.9.5/metal-amd64-secureboot | 400 | error enhancing profile from schematic: secure boot is disabled",
        "/v1.9.99/metal-amd64 | 404 | failed to get kernel: version 1.9.99 is not available; on offer are v1.9.5, v1.13.2, v1.11.0; GET /versions lists all",
        "/1.9/metal-amd64 | 400 | invalid Talos version \"1.9\"; write all three numbers, such as v1.11.0; GET /versions lists what there is"
      })
  void whatIsWrongIsSaid(String path, int status, String text) throws Exception {
    Answer answer = client.get("/pxe/" + client.configure("{}") + path);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(text + "\n");
  }

  @Test
  void whoTakesNothingButJsonIsToldHowTheAssetStands() throws Exception {
    String id = client.configure("customization: {extraKernelArgs: [status=yes]}");
    String path = "/image/" + id + "/v1.9.5/metal-amd64.iso";
    Answer begun = client.get(path, "Accept", "application/json");
    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.text())
        .contains("\"assetKey\":", "\"recipe\":\"grub-iso/", " status=yes\"")
        .contains("\"path\":\"usr/install/amd64/vmlinuz\"", "\"name\":\"schematic\"");
    assertThat(client.download(path).status()).isEqualTo(200);
    Answer ready = client.get(path, "Accept", "application/json");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.text())
        .contains("\"state\":\"ready\"")
        .isEqualTo(client.get(begun.required("location")).text());
  }
}
