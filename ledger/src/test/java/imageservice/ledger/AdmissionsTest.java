package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class AdmissionsTest {
  private static final Digest IMAGE = Digest.of(new byte[] {1});

  private final MemoryItemTable table = new MemoryItemTable();
  private final Admissions admissions = new Admissions(table);

  @Test
  void holdForOneImageAndOnePolicy() throws IOException {
    assertThat(admissions.contain(IMAGE, "a policy")).isFalse();
    admissions.add(IMAGE, "a policy");
    admissions.add(IMAGE, "a policy");
    assertThat(new Admissions(table).contain(IMAGE, "a policy")).isTrue();
    assertThat(admissions.contain(IMAGE, "another policy")).isFalse();
    assertThat(admissions.contain(Digest.of(new byte[] {2}), "a policy")).isFalse();
  }

  @Test
  void anItemThatSaysSomethingElseIsNone() throws IOException {
    String key =
        "admitted#"
            + IMAGE.hex()
            + "#"
            + Digest.of("a policy".getBytes(StandardCharsets.UTF_8)).hex();
    table.create(key, "another policy");
    assertThat(admissions.contain(IMAGE, "a policy")).isFalse();
    assertThatThrownBy(() -> admissions.add(IMAGE, "a policy"))
        .isInstanceOf(IOException.class)
        .hasMessage("the admission of " + IMAGE + " was changed in the table");
  }
}
