package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Bytes at the asset's own address, without a redirect.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DirectTest {
  private static final String IPXE = "iPXE/1.21.1+git";
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final List<String> OF_BOTH_METHODS =
      List.of(
          "content-type",
          "content-length",
          "accept-ranges",
          "etag",
          "last-modified",
          "content-disposition",
          "repr-digest",
          "x-checksum-sha256",
          "cache-control",
          "access-control-allow-origin",
          "access-control-expose-headers");

  @SuppressWarnings("NullAway.Init") // before all tests
  private OwnService direct;

  @SuppressWarnings("NullAway.Init") // before all tests
  private OwnService ordinary;

  @BeforeAll
  void start() throws Exception {
    direct = OwnService.start(Machine::in, 0, "--direct");
    ordinary = OwnService.start(Machine::in, 0);
  }

  @AfterAll
  void stop() throws Exception {
    direct.close();
    ordinary.close();
  }

  private static String iso(OwnService service) throws Exception {
    String path = "/image/" + service.client().configure("{}") + "/v1.9.5/metal-amd64.iso";
    assertThat(service.client().download(path).status()).isEqualTo(200);
    return path;
  }

  @Test
  void whoeverAsksGetsTheBytesAndAllThatHeadSays() throws Exception {
    String iso = iso(direct);
    String[] origin = {"Origin", "https://elsewhere.example"};
    Answer whole = direct.client().get(iso, origin);
    Answer head = direct.client().head(iso, origin);
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.required("x-checksum-sha256")).isEqualTo(Hash.sha256(whole.body()));
    assertThat(whole.required("repr-digest")).startsWith("sha-256=:");
    for (String name : OF_BOTH_METHODS) {
      assertThat(whole.header(name)).as(name).isEqualTo(head.header(name));
    }
  }

  @Test
  void conditionsAndRangesCountAtTheAssetsOwnAddress() throws Exception {
    String iso = iso(direct);
    Answer whole = direct.client().get(iso);
    String tag = whole.required("etag");
    assertThat(direct.client().get(iso, "If-None-Match", tag).status()).isEqualTo(304);
    assertThat(direct.client().get(iso, "If-Match", "\"other\"").status()).isEqualTo(412);
    Answer part = direct.client().get(iso, "Range", "bytes=2048-4095", "If-Range", tag);
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 2048, 4096));
    assertThat(part.required("content-range")).isEqualTo("bytes 2048-4095/" + whole.body().length);
    Answer other = direct.client().get(iso, "Range", "bytes=2048-4095", "If-Range", "\"other\"");
    assertThat(other.body()).isEqualTo(whole.body());
    Answer beyond = direct.client().get(iso, "Range", "bytes=99999999999-");
    assertThat(beyond.status()).isEqualTo(416);
    assertThat(beyond.required("content-range")).isEqualTo("bytes */" + whole.body().length);
  }

  @Test
  void aBlobOfAnImageComesWithItsDigest() throws Exception {
    Client client = direct.client();
    String repository = "/v2/metal-installer/" + client.configure("{}");
    Answer index = client.eventually(repository + "/manifests/v1.9.5");
    assertThat(index.status()).as(index.toString()).isEqualTo(200);
    Matcher first = DIGEST.matcher(index.text());
    assertThat(first.find()).isTrue();
    String manifest = client.get(repository + "/manifests/" + first.group()).text();
    Matcher configuration = DIGEST.matcher(manifest);
    assertThat(configuration.find()).isTrue();
    Answer blob = client.get(repository + "/blobs/" + configuration.group());
    assertThat(blob.status()).as(blob.toString()).isEqualTo(200);
    assertThat("sha256:" + Hash.sha256(blob.body())).isEqualTo(configuration.group());
    assertThat(blob.required("docker-content-digest")).isEqualTo(configuration.group());
  }

  /// `sanboot` reads an ISO in pieces, each with a request of its own.
  @Test
  void ipxeReadsAnIsoByRangesWithoutBeingRedirectedAndOthersAreRedirected() throws Exception {
    String iso = iso(ordinary);
    Client client = ordinary.client();
    byte[] whole = client.download(iso).body();
    assertThat(client.head(iso, "User-Agent", IPXE).required("content-length"))
        .isEqualTo("" + whole.length);
    for (int at = 0; at < whole.length; at += whole.length / 7) {
      int last = Math.min(whole.length, at + 2048) - 1;
      Answer part = client.get(iso, "User-Agent", IPXE, "Range", "bytes=%d-%d".formatted(at, last));
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, at, last + 1));
    }
    assertThat(client.get(iso, "Range", "bytes=0-1").status()).isEqualTo(302);
  }
}
