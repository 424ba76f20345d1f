package imageservice.functions.asset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.AssetAddress;
import imageservice.functions.TestStore;
import imageservice.functions.asset.AssetLinks.Method;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Links, looked at as a CDN does that has the public key.
final class EdgeAssetLinksTest {
  private static final AssetAddress KEY =
      AssetAddress.parse("g1a2b3c4d/image/" + "0".repeat(64) + "/v1.9.5/metal-amd64.iso")
          .orElseThrow();
  private static final Instant NOW = Instant.parse("2026-07-01T02:03:04Z");
  private static final long END = NOW.getEpochSecond() + 300;
  private static final Pattern SIGNED =
      Pattern.compile(
          "(.*)[?&]Expires=([0-9]+)&Signature=([A-Za-z0-9~_-]+)&Key-Pair-Id=([A-Z0-9]+)");

  private final KeyPair keys = keys();
  private final TestStore store = new TestStore();
  private final AssetLinks links =
      new EdgeAssetLinks(
          store,
          "edge.example",
          () -> EdgeKey.of("K2", pem(keys)),
          Duration.ofMinutes(5),
          () -> NOW);

  @Test
  void linksAreGoodForGetAndHeadAlikeUntilTheyExpire() throws Exception {
    String link = links.presign(KEY, Method.GET, Optional.empty());
    assertThat(links.presign(KEY, Method.HEAD, Optional.empty())).isEqualTo(link);
    assertThat(verified(link, END)).isEqualTo("https://edge.example/" + KEY);
  }

  @Test
  void whoCameByPlainHttpGetsALinkOfThatKind() throws Exception {
    String link = links.presignPlain(KEY, Method.GET, Optional.empty());
    assertThat(verified(link, END)).isEqualTo("http://edge.example/" + KEY);
  }

  @Test
  void theNameOfTheFileIsSigned() throws Exception {
    String link = links.presign(KEY, Method.GET, Optional.of("x y.iso"));
    assertThat(verified(link, END))
        .isEqualTo(
            "https://edge.example/"
                + KEY
                + "?response-content-disposition=attachment%3B%20filename%3D%22x%20y.iso%22");
  }

  @Test
  void aChangedLinkIsNotGenuine() throws Exception {
    String link = links.presign(KEY, Method.GET, Optional.empty());
    assertThat(isGenuine(link.replace("amd64", "arm64"), END)).isFalse();
    assertThat(isGenuine(link.replace("Expires=" + END, "Expires=" + (END + 1)), END + 1))
        .isFalse();
    assertThat(isGenuine(link.replace("https:", "http:"), END)).isFalse();
  }

  @Test
  void whatIsThereIsWhatTheStoreHas() throws Exception {
    assertThat(links.find(KEY)).isEqualTo(store.find(KEY)).isPresent();
    store.gone.add("metal-amd64.iso");
    assertThat(links.find(KEY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "-----BEGIN RSA PRIVATE KEY-----\nAA==\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----"
      })
  void refusesWhatIsNoKeyAndDoesNotRepeatIt(String pem) {
    assertThatThrownBy(() -> EdgeKey.of("K2", pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "not an RSA key as `openssl genpkey -algorithm RSA` writes it (BEGIN PRIVATE KEY)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AA==", "?"})
  void refusesADamagedKey(String body) {
    String pem = "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
    assertThatThrownBy(() -> EdgeKey.of("K2", pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a damaged RSA key");
  }

  @Test
  void aKeyIsNotWrittenOut() {
    assertThat(EdgeKey.of("K2", pem(keys))).hasToString("EdgeKey[K2]");
  }

  /// What a genuine link leads to.
  private String verified(String link, long expires) throws GeneralSecurityException {
    assertThat(isGenuine(link, expires)).as(link).isTrue();
    return matched(link).group(1);
  }

  /// "Create a signed URL using a canned policy", from the CDN's end: the policy is made of the
  /// address without what signing added.
  private boolean isGenuine(String link, long expires) throws GeneralSecurityException {
    Matcher parts = matched(link);
    assertThat(parts.group(2)).isEqualTo(Long.toString(expires));
    assertThat(parts.group(4)).isEqualTo("K2");
    String policy =
        "{\"Statement\":[{\"Resource\":\""
            + parts.group(1)
            + "\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":"
            + expires
            + "}}}]}";
    Signature signature = Signature.getInstance("SHA1withRSA");
    signature.initVerify(keys.getPublic());
    signature.update(policy.getBytes(UTF_8));
    String text = parts.group(3).replace('-', '+').replace('_', '=').replace('~', '/');
    return signature.verify(Base64.getDecoder().decode(text));
  }

  private static Matcher matched(String link) {
    Matcher parts = SIGNED.matcher(link);
    assertThat(parts.matches()).as(link).isTrue();
    return parts;
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(KeyPair keys) {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getPrivate().getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }
}
