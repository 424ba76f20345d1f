package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The front page's files and documents, as any browser asks for them.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class FrontPageTest {
  private static final Pattern NAMED =
      Pattern.compile("\"web/([a-z/.-]+)\"|from \"((?:\\./|\\.\\./)[a-z/-]+\\.js)\"");

  private final Client client;

  FrontPageTest(ServiceUnderTest service) {
    this.client = service.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void everyFileThatThePageNamesIsServed() throws Exception {
    Answer page = client.get("/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.required("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.required("content-security-policy")).contains("default-src 'self'");
    Set<String> seen = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>();
    collect("", page.text(), seen, open);
    while (!open.isEmpty()) {
      String name = open.remove();
      Answer file = client.get("/web/" + name);
      assertThat(file.status()).as(name).isEqualTo(200);
      assertThat(client.get("/web/" + name, "If-None-Match", file.required("etag")).status())
          .isEqualTo(304);
      collect(name, file.text(), seen, open);
    }
    assertThat(seen).contains("app.js", "base.css", "steps/target.js");
  }

  private static void collect(String from, String text, Set<String> seen, Deque<String> open) {
    Matcher matcher = NAMED.matcher(text);
    while (matcher.find()) {
      String name =
          matcher.group(1) != null
              ? matcher.group(1)
              : URI.create(from).resolve(matcher.group(2)).toString();
      if (seen.add(name)) {
        open.add(name);
      }
    }
  }

  @Test
  void theLinksAreThoseThatDownload() throws Exception {
    String id = client.configure("{}");
    String folder = "/image/" + id + "/v1.9.5";
    Answer links = client.get(folder + "?arch=amd64");
    assertThat(links.status()).isEqualTo(200);
    assertThat(links.required("content-type")).isEqualTo("application/json");
    assertThat(links.text()).contains(folder.substring(1) + "/cmdline-metal-amd64\"");
    byte[] line = client.download(folder + "/cmdline-metal-amd64").body();
    assertThat(client.get(folder + "?arch=amd64").text())
        .contains("\"size\":" + line.length + ",\"sha256\":\"");
  }
}
