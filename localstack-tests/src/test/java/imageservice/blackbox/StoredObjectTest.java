package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What is served is what was built, whatever became of the object meanwhile.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class StoredObjectTest {
  private final ServiceUnderTest service;
  private final Client client;
  private String path = "";
  private String built = "";
  private String link = "";

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
    link = client.get(path).required("location");
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void anObjectThatIsGoneIsBuiltAgain() throws Exception {
    service.removeObject(link);
    Answer answer = client.download(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(Hash.sha256(answer.body())).isEqualTo(built);
  }

  @Test
  void anObjectThatWasCutIsBuiltAgain() throws Exception {
    service.cutObject(link, 10_000);
    assertThat(Hash.sha256(client.download(path).body())).isEqualTo(built);
  }

  /// Many clients turn a redirected HEAD into GET. API Gateway alone carries no length.
  @Test
  @Tag("laptop")
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
