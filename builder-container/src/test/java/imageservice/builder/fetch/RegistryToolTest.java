package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.Architecture;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.CachedBlob;
import imageservice.builder.layers.Wanted;
import imageservice.builder.oci.AllowedHosts;
import imageservice.builder.oci.Credential;
import imageservice.builder.oci.DockerConfig;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.RegistryAccess;
import imageservice.builder.oci.RegistryPrefix;
import imageservice.builder.oci.RegistrySource;
import imageservice.builder.oci.Retries;
import imageservice.builder.oci.SourceException;
import imageservice.builder.oci.Tags;
import imageservice.builder.oci.TestAccess;
import imageservice.builder.oci.TestImages;
import imageservice.formats.testing.Judge;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The field's registry serves us what the field's client pushed.
@Tag("tool")
final class RegistryToolTest {
  /// Of the password `pa:ss,word`: `perl -e 'print crypt("pa:ss,word",
  /// "\$2y\$05\$abcdefghijklmnopqrstuu")'`
  private static final String USERS =
      "me:$2y$05$abcdefghijklmnopqrstuuMO4Vt0k0XJOcTvx5XUPVPVjaO7t.Uju\n";

  @TempDir private Path folder = Path.of("unset");

  @Test
  void readsFromTheReferenceRegistryWhatSkopeoPushed() throws Exception {
    TestImages images = TestImages.small();
    try (DockerRegistry registry = DockerRegistry.start(folder)) {
      push(images, registry, "v1");
      push(images, registry, "v1.10.0-alpha.0");
      RegistrySource source = source(RegistryAccess.anonymous(prefix(registry)));
      assertThat(source.tags("imager", Optional.empty()))
          .isEqualTo(new Tags.Listed(List.of("v1", "v1.10.0-alpha.0"), Optional.empty()));
      Digest digest = source.resolve("imager", "v1");
      assertThat(digest).isEqualTo(images.tags().get("v1"));
      assertThat(source.manifest("imager", digest).content().bytes(1 << 20))
          .isEqualTo(images.blobs().get(digest));
      readsFiles(source);
    }
  }

  @Test
  void readsWithTheCredentialThatSkopeoWrote() throws Exception {
    try (DockerRegistry registry = DockerRegistry.forUsers(folder, USERS)) {
      Path file = folder.resolve("auth.json");
      Judge.named("skopeo")
          .run(
              "login",
              "--authfile=" + file,
              "--tls-verify=false",
              "--username=me",
              "--password=pa:ss,word",
              registry.authority())
          .accepted();
      push(TestImages.small(), registry, "v1", "--dest-authfile=" + file);
      RegistryPrefix prefix = prefix(registry);
      Credential credential = DockerConfig.find(Files.readAllBytes(file), prefix);
      readsFiles(source(new RegistryAccess(prefix, credential, AllowedHosts.NONE)));
      RegistrySource stranger =
          source(
              new RegistryAccess(
                  prefix, new Credential.Password("me", "other"), AllowedHosts.NONE));
      assertThatThrownBy(() -> stranger.tags("imager", Optional.empty()))
          .isInstanceOf(SourceException.Denied.class)
          .hasMessageEndingWith("the credential of me for " + registry.authority());
    }
  }

  @Test
  void saysThatTheReferenceRegistrySpeaksPlainHttp() throws Exception {
    try (DockerRegistry registry = DockerRegistry.forUsers(folder, USERS)) {
      RegistryPrefix tls = RegistryPrefix.parse("https://" + registry.authority() + "/siderolabs/");
      assertThatThrownBy(
              () -> source(RegistryAccess.anonymous(tls)).tags("imager", Optional.empty()))
          .isInstanceOf(SourceException.NotAllowed.class)
          .hasMessageContaining("speaks plain HTTP, not TLS");
    }
  }

  private void push(TestImages images, DockerRegistry registry, String tag, String... more)
      throws IOException {
    images.writeLayout(folder.resolve("imager"), "");
    List<String> arguments =
        List.of(
            "copy",
            "--all",
            "--insecure-policy",
            "--dest-tls-verify=false",
            "oci:" + folder.resolve("imager") + ":v1",
            "docker://" + registry.authority() + "/siderolabs/imager:" + tag);
    Judge.named("skopeo")
        .run(Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new))
        .accepted();
  }

  private void readsFiles(RegistrySource source) throws IOException {
    try (BlobCache cache = new BlobCache(folder.resolve("cache"), 1L << 30, () -> Instant.EPOCH)) {
      OciImages oci = new OciImages(source, new UnverifiedAdmitted(), cache);
      OciImage image = oci.resolve("imager", "v1");
      for (Architecture architecture : Architecture.values()) {
        SortedMap<String, CachedBlob> files =
            oci.files(image, architecture, Wanted.files("usr/kernel"));
        assertThat(files).containsOnlyKeys("usr/kernel");
        assertThat(files.firstEntry().getValue().bytes(100))
            .asString()
            .isEqualTo("kernel of " + architecture);
      }
    }
  }

  private static RegistryPrefix prefix(DockerRegistry registry) {
    return RegistryPrefix.parse("http://" + registry.authority() + "/siderolabs/");
  }

  private static RegistrySource source(RegistryAccess access) {
    return new RegistrySource(
        access,
        RegistrySource.client(),
        new Retries(3, Thread::sleep, () -> 0.5),
        TestAccess.PATIENT,
        () -> Instant.EPOCH);
  }
}
