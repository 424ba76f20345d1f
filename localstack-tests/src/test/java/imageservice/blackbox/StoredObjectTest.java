package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What is served is what was built, whatever became of the object meanwhile.
@ExtendWith(ServiceUnderTest.Shared.class)
final class StoredObjectTest {
  private final ServiceUnderTest service;
  private final Client client;
  private String path = "";
  private String built = "";
  private Path file = Path.of("");

  StoredObjectTest(ServiceUnderTest service) {
    this.service = service;
    this.client = service.client();
  }

  @BeforeEach
  void build() throws Exception {
    path =
        "/image/"
            + client.configure("customization: {extraKernelArgs: [stored=yes]}")
            + "/v1.9.5/metal-amd64.iso";
    built = Hash.sha256(client.download(path).body());
    String key = URI.create(client.get(path).required("location")).getPath().substring(1);
    file = service.machine().data().resolve("objects").resolve(key);
    assertThat(file).exists();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void anObjectThatIsGoneIsBuiltAgain() throws Exception {
    Files.delete(file);
    Answer answer = client.download(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(Hash.sha256(answer.body())).isEqualTo(built);
  }

  @Test
  void anObjectThatWasCutIsBuiltAgain() throws Exception {
    try (FileChannel content = FileChannel.open(file, StandardOpenOption.WRITE)) {
      content.truncate(content.size() / 20);
    }
    assertThat(Hash.sha256(client.download(path).body())).isEqualTo(built);
  }

  /// Many clients turn a redirected HEAD into GET.
  @Test
  void headIsAnsweredWithTheLengthThatGetHas() throws Exception {
    Answer head = client.head(path);
    Answer get = client.download(path);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.required("content-length")).isEqualTo(Integer.toString(get.body().length));
    for (String name : new String[] {"etag", "last-modified", "accept-ranges", "content-type"}) {
      assertThat(head.required(name)).as(name).isEqualTo(get.required(name));
    }
    assertThat(head.required("content-disposition"))
        .isEqualTo("attachment; filename=\"metal-amd64.iso\"");
    assertThat(client.head(path, "If-None-Match", head.required("etag")).status()).isEqualTo(304);
  }
}
