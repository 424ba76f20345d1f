package imageservice.builder.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.Architecture;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class PlatformManifestTest {
  private static final String DIGEST = "sha256:" + "a".repeat(64);

  private final Map<Digest, String> documents = new HashMap<>();

  @Test
  void takesABareManifestForAnyArchitecture() throws IOException {
    Digest image = add(manifest(MediaTypes.MANIFEST));
    for (Architecture architecture : Architecture.values()) {
      assertThat(select(image, architecture).digest()).isEqualTo(image);
    }
  }

  @Test
  void readsDockerListsAndManifests() throws IOException {
    Digest manifest = add(manifest(MediaTypes.DOCKER_MANIFEST));
    Digest image = add(index(MediaTypes.DOCKER_LIST, entry(manifest, "linux", "arm64", "")));
    Manifest.ImageManifest selected = select(image, Architecture.ARM64);
    assertThat(selected.digest()).isEqualTo(manifest);
    assertThat(selected.config()).isEqualTo(new Descriptor("c", new Digest(DIGEST), 7));
    assertThat(selected.layers()).containsExactly(new Descriptor("l", new Digest(DIGEST), 8));
  }

  @Test
  void passesOverOtherSystemsAttestationsAndNewerVariants() throws IOException {
    Digest manifest = add(manifest(MediaTypes.MANIFEST));
    Digest other = Digest.of(new byte[0]);
    Digest image =
        add(
            index(
                MediaTypes.INDEX,
                entry(other, "unknown", "unknown", ""),
                entry(other, "windows", "amd64", ""),
                entry(other, "linux", "amd64", "v3"),
                "{\"digest\":\"%s\",\"size\":1}".formatted(DIGEST),
                entry(manifest, "linux", "amd64", ""),
                entry(manifest, "linux", "arm64", "v8")));
    assertThat(select(image, Architecture.AMD64).digest()).isEqualTo(manifest);
    assertThat(select(image, Architecture.ARM64).digest()).isEqualTo(manifest);
  }

  @Test
  void saysWhichArchitectureIsMissing() {
    Digest image =
        add(index(MediaTypes.INDEX, entry(Digest.of(new byte[0]), "linux", "amd64", "")));
    assertThatThrownBy(() -> select(image, Architecture.ARM64))
        .isInstanceOf(SourceException.NoPlatform.class)
        .hasMessage(
            "gvisor@%s: has no image for linux/arm64; choose another architecture or leave it out"
                .formatted(image));
  }

  @Test
  void refusesWhatIsNeitherOrBoth() {
    refused("[]", "not a JSON object");
    refused("{\"schemaVersion\":1,\"fsLayers\":[]}", "schemaVersion is not 2");
    refused("{\"schemaVersion\":2}", "neither an index nor a manifest");
    refused("{\"schemaVersion\":2,\"manifests\":[],\"layers\":[]}", "both an index and a manifest");
    refused(
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[]}"
            .formatted(MediaTypes.MANIFEST),
        "unexpected media type " + MediaTypes.MANIFEST);
    refused(
        "{\"schemaVersion\":2,\"layers\":[],\"config\":{\"digest\":\"md5:1\",\"size\":1}}",
        "not a sha256 digest: md5:1");
    refused(
        "{\"schemaVersion\":2,\"layers\":[],\"config\":{\"digest\":\"%s\",\"size\":-1}}"
            .formatted(DIGEST),
        "size is negative: -1");
    refused(
        "{\"schemaVersion\":2,\"layers\":[],\"config\":{\"digest\":\"%s\",\"size\":1e3}}"
            .formatted(DIGEST),
        "size is not a whole number: 1000.0");
  }

  @Test
  void refusesAnIndexWithinAnIndex() {
    Digest inner = add(index(MediaTypes.INDEX));
    Digest image = add(index(MediaTypes.INDEX, entry(inner, "linux", "amd64", "")));
    assertThatThrownBy(() -> select(image, Architecture.AMD64))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageContaining("an index within an index");
  }

  @Test
  void refusesMoreThanABuilderCanFetch() {
    String config = "{\"digest\":\"%s\",\"size\":7}".formatted(DIGEST);
    tooLarge(config, Collections.nCopies(201, layer(1)), "201 layers, at most 200");
    tooLarge(
        config, List.of(layer(1L << 32), layer(1)), "layers of more than 4294967296 bytes in all");
    tooLarge(
        config,
        List.of(layer(Long.MAX_VALUE), layer(Long.MAX_VALUE)),
        "layers of more than 4294967296 bytes in all");
    tooLarge(layer((4L << 20) + 1), List.of(), "a configuration of 4194305 bytes, at most 4194304");
  }

  @Test
  void allowsWhatABuilderCanFetch() throws IOException {
    List<String> layers = new ArrayList<>(Collections.nCopies(199, layer(1)));
    layers.add(layer((1L << 32) - 199));
    Digest image = add(document(layer(4L << 20), layers));
    assertThat(select(image, Architecture.AMD64).layers()).hasSize(200);
  }

  private void tooLarge(String config, List<String> layers, String problem) {
    Digest image = add(document(config, layers));
    assertThatThrownBy(() -> select(image, Architecture.AMD64))
        .isInstanceOf(SourceException.TooLarge.class)
        .hasMessage(
            "gvisor@%s: %s; no image that is supported needs this much".formatted(image, problem));
  }

  private static String document(String config, List<String> layers) {
    return "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
        .formatted(config, String.join(",", layers));
  }

  private static String layer(long size) {
    return "{\"digest\":\"%s\",\"size\":%d}".formatted(DIGEST, size);
  }

  private void refused(String document, String problem) {
    Digest image = add(document);
    assertThatThrownBy(() -> select(image, Architecture.AMD64))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessage(
            "gvisor@%s: %s; the source or what was pushed to it is broken"
                .formatted(image, problem));
  }

  private Manifest.ImageManifest select(Digest image, Architecture architecture)
      throws IOException {
    return PlatformManifest.select(
        OciImage.of("gvisor", image),
        architecture,
        digest -> Objects.requireNonNull(documents.get(digest)).getBytes(StandardCharsets.UTF_8));
  }

  private Digest add(String document) {
    Digest digest = Digest.of(document.getBytes(StandardCharsets.UTF_8));
    documents.put(digest, document);
    return digest;
  }

  private static String manifest(String mediaType) {
    return """
    {"schemaVersion":2,"mediaType":"%s",
     "config":{"mediaType":"c","digest":"%s","size":7},
     "layers":[{"mediaType":"l","digest":"%s","size":8}]}\
    """
        .formatted(mediaType, DIGEST, DIGEST);
  }

  private static String index(String mediaType, String... entries) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
        .formatted(mediaType, String.join(",", entries));
  }

  private static String entry(Digest digest, String os, String architecture, String variant) {
    return """
    {"digest":"%s","size":1,
     "platform":{"os":"%s","architecture":"%s"%s}}\
    """
        .formatted(
            digest, os, architecture, variant.isEmpty() ? "" : ",\"variant\":\"" + variant + "\"");
  }
}
