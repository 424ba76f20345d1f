package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imageservice.blackbox.Client.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class AssetTest {
  private static final String VERSION = "v1.9.5";
  private static final String RESULTS =
      """
      kernel-amd64,               application/octet-stream
      kernel-arm64,               application/octet-stream
      cmdline-metal-amd64,        application/octet-stream
      cmdline-nocloud-arm64,      application/octet-stream
      initramfs-amd64.xz,         application/x-xz
      initramfs-arm64.xz,         application/x-xz
      metal-amd64.iso,            application/x-iso9660-image
      metal-arm64.iso,            application/x-iso9660-image
      nocloud-amd64.iso,          application/x-iso9660-image
      installer-amd64.tar,        application/x-tar
      aws-installer-arm64.tar,    application/x-tar
      """;

  private final ServiceUnderTest service;
  private final Client client;

  AssetTest(ServiceUnderTest service) {
    this.service = service;
    this.client = service.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @CsvSource(textBlock = RESULTS)
  void downloadsColdAndWarm(String name, String mediaType) throws Exception {
    String path = path(fresh(), name);
    Answer cold = client.download(path);
    assertThat(cold.status()).isEqualTo(200);
    assertThat(cold.body()).isNotEmpty();
    assertThat(cold.required("content-type")).startsWith(mediaType);
    assertThat(cold.required("content-length")).isEqualTo("" + cold.body().length);
    assertThat(cold.required("content-disposition"))
        .isEqualTo("attachment; filename=\"" + name + "\"");
    Answer warm = client.get(path);
    assertThat(warm.status()).isEqualTo(302);
    assertThat(warm.required("cache-control")).contains("no-store");
    assertThat(client.get(warm.required("location")).body()).isEqualTo(cold.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256", "sha512"})
  void aChecksumIsCheckedByItsProgram(String kind, @TempDir Path folder) throws Exception {
    String path = path(fresh(), "initramfs-amd64.xz");
    Answer sum = client.follow("GET", path + "." + kind + "?filename=other.xz");
    assertThat(sum.status()).as(sum.toString()).isEqualTo(200);
    Files.write(folder.resolve("sum"), sum.body());
    Files.write(folder.resolve("other.xz"), client.download(path).body());
    List<String> check = List.of(kind + "sum", "-c", "sum");
    assertThat(Command.run(folder, check).output()).contains("other.xz: OK");
    Files.write(folder.resolve("other.xz"), new byte[] {1});
    assertThat(Command.run(folder, check).status()).isEqualTo(1);
  }

  /// Its plan has a megabyte, its order a few hundred bytes.
  @Test
  void aConfigurationAsLongAsOneCanBeStoredIsBuilt() throws Exception {
    String text = UUID.randomUUID() + " " + "\u00e9".repeat(150_000);
    String id = client.configure("customization: {extraKernelArgs: [\"a=" + text + "\"]}");
    Answer initramfs = client.download(path(id, "initramfs-amd64.xz"));
    assertThat(initramfs.status()).isEqualTo(200);
    Answer iso = client.get(path(id, "metal-amd64.iso"));
    assertThat(iso.status()).isEqualTo(400);
    assertThat(new String(iso.body(), StandardCharsets.UTF_8))
        .contains("of which kernels read 2047: customization.extraKernelArgs takes 3000");
  }

  @ParameterizedTest
  @CsvSource(textBlock = RESULTS)
  void answersHeadWithTheExactLength(String name, String mediaType) throws Exception {
    String path = path(fresh(), name);
    Answer cold = client.follow("HEAD", path);
    assertThat(cold.status()).isEqualTo(200);
    assertThat(cold.required("content-type")).startsWith(mediaType);
    assertThat(cold.required("content-length")).isEqualTo("" + client.download(path).body().length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kernel-amd64", "cmdline-metal-amd64", "initramfs-amd64.xz", "metal-amd64.iso"})
  void servesRanges(String name) throws Exception {
    String path = path(fresh(), name);
    byte[] whole = client.download(path).body();
    Answer part = client.follow("GET", path, "Range", "bytes=3-9");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 3, 10));
    assertThat(part.required("content-range")).isEqualTo("bytes 3-9/" + whole.length);
    Answer tail = client.follow("GET", path, "Range", "bytes=" + (whole.length - 5) + "-");
    assertThat(tail.body()).isEqualTo(Arrays.copyOfRange(whole, whole.length - 5, whole.length));
    assertThat(client.follow("GET", path, "Range", "bytes=" + whole.length + "-").status())
        .isEqualTo(416);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel-amd64", "initramfs-arm64.xz", "metal-amd64.iso"})
  void downloadsWithCurlAndWget(String name, @TempDir Path folder) throws Exception {
    String path = path(fresh(), name);
    Path curl = Files.createDirectory(folder.resolve("curl"));
    Path wget = Files.createDirectory(folder.resolve("wget"));
    run(curl, "curl", "-sSfLO", client.address(path));
    run(wget, "wget", "-q", "--content-disposition", client.address(path));
    byte[] expected = client.download(path).body();
    assertThat(curl.resolve(name)).hasBinaryContent(expected);
    assertThat(wget.resolve(name)).hasBinaryContent(expected);
    run(curl, "curl", "-sSfLOJ", client.address(path + "?filename=mine.bin"));
    assertThat(curl.resolve("mine.bin")).hasBinaryContent(expected);
    Command.Result head = run(curl, "curl", "-sSfLI", client.address(path));
    assertThat(head.output()).containsIgnoringCase("content-length: " + expected.length);
  }

  @Test
  void resumesAPartialDownload(@TempDir Path folder) throws Exception {
    String path = path(fresh(), "metal-amd64.iso");
    byte[] expected = client.download(path).body();
    Files.write(folder.resolve("metal-amd64.iso"), Arrays.copyOf(expected, 100_000));
    run(folder, "curl", "-sSfLO", "-C", "-", client.address(path));
    assertThat(folder.resolve("metal-amd64.iso")).hasBinaryContent(expected);
  }

  @Test
  void namesTheFileAsAsked() throws Exception {
    String path = path(fresh(), "cmdline-metal-amd64");
    assertThat(disposition(path + "?filename=my%20file.txt"))
        .isEqualTo("attachment; filename=\"my file.txt\"");
    assertThat(disposition(path + "?filename=..%2F..%2Fetc%2Fpasswd"))
        .isEqualTo("attachment; filename=\"passwd\"");
    assertThat(disposition(path + "?filename=a%0D%0AX-Evil%3A%201%22"))
        .isEqualTo("attachment; filename=\"aX-Evil: 1\"");
    assertThat(disposition(path + "?filename=%C3%A9.iso"))
        .isEqualTo("attachment; filename=\"__.iso\"; filename*=UTF-8''%C3%A9.iso");
  }

  @Test
  void servesTheKernelOfTheRelease() throws Exception {
    assumeTrue(service.hasSyntheticRelease(), "SKIPPED: compares with the synthetic release");
    for (String version : SyntheticRelease.VERSIONS) {
      for (String architecture : SyntheticRelease.ARCHITECTURES) {
        assertThat(
                client
                    .download("/image/%s/%s/kernel-%s".formatted(fresh(), version, architecture))
                    .body())
            .isEqualTo(SyntheticRelease.kernel(version, architecture, 1));
      }
    }
  }

  @Test
  void putsTheReleasesInitramfsFirstAndTheKernelArgumentsIntoTheCommandLine() throws Exception {
    assumeTrue(service.hasSyntheticRelease(), "SKIPPED: compares with the synthetic release");
    String id = client.configure("customization: {extraKernelArgs: [vga=791, one=two]}");
    for (String version : SyntheticRelease.VERSIONS) {
      byte[] base = SyntheticRelease.initramfs(version, "amd64", 1);
      byte[] whole =
          client.download("/image/%s/%s/initramfs-amd64.xz".formatted(id, version)).body();
      assertThat(Arrays.copyOf(whole, base.length)).isEqualTo(base);
      assertThat(whole.length).isGreaterThan(base.length);
      String cmdline =
          client.download("/image/%s/%s/cmdline-metal-amd64".formatted(id, version)).text();
      assertThat(cmdline).contains("talos.platform=metal", "vga=791 one=two");
    }
  }

  @Test
  void sameRequestSameBytesOnceMore() throws Exception {
    String arguments = UUID.randomUUID().toString();
    String id = client.configure("customization: {extraKernelArgs: [a=" + arguments + "]}");
    byte[] first = client.download(path(id, "metal-amd64.iso")).body();
    assertThat(client.download(path(id, "metal-amd64.iso")).body()).isEqualTo(first);
    assertThat(new String(first, StandardCharsets.ISO_8859_1)).contains("a=" + arguments);
  }

  private String disposition(String path) throws Exception {
    Answer answer = client.download(path);
    assertThat(answer.status()).isEqualTo(200);
    return answer.required("content-disposition");
  }

  private static Command.Result run(Path folder, String... command) throws Exception {
    Command.Result result = Command.run(folder, List.of(command));
    assertThat(result.status()).as(result.output()).isZero();
    return result;
  }

  /// A configuration that nobody asked for before.
  private String fresh() throws Exception {
    return client.configure("customization: {extraKernelArgs: [fresh=" + UUID.randomUUID() + "]}");
  }

  private static String path(String id, String name) {
    return "/image/%s/%s/%s".formatted(id, VERSION, name);
  }
}
