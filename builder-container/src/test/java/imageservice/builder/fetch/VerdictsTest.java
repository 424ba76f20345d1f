package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.oci.OciImage;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VerdictsTest {
  private static final OciImage IMAGE = OciImage.of("imager", Digest.of(new byte[0]));
  private static final OciImage OTHER = OciImage.of("imager", Digest.of(new byte[1]));
  private static final Verdict ADMITTED = new Verdict.Admitted();
  private static final Verdict REFUSED = new Verdict.Refused("not signed", "sign it");

  private final Verdicts verdicts = new Verdicts();

  /// Says what it is told to say, or fails where that is nothing.
  private static final class FakeVerifier implements Verifier {
    private final String policy;
    private final List<Verdict> answers;
    private final List<OciImage> asked = new ArrayList<>();

    FakeVerifier(String policy, Verdict... answers) {
      this.policy = policy;
      this.answers = new ArrayList<>(List.of(answers));
    }

    @Override
    public String policy() {
      return policy;
    }

    @Override
    public Verdict verify(OciImage image) throws IOException {
      asked.add(image);
      if (answers.isEmpty()) {
        throw new IOException("no answer");
      }
      return answers.removeFirst();
    }
  }

  @Test
  void asksOnceForADigest() throws IOException {
    FakeVerifier verifier = new FakeVerifier("keyless", REFUSED, ADMITTED);
    assertThat(verdicts.of(IMAGE, verifier)).isEqualTo(REFUSED);
    assertThat(verdicts.of(IMAGE, verifier)).isEqualTo(REFUSED);
    assertThat(verdicts.of(new OciImage("imager", "v1", IMAGE.digest()), verifier))
        .isEqualTo(REFUSED);
    assertThat(verdicts.of(OTHER, verifier)).isEqualTo(ADMITTED);
    assertThat(verifier.asked).containsExactly(IMAGE, OTHER);
  }

  @Test
  void asksAgainUnderAnotherPolicy() throws IOException {
    assertThat(verdicts.of(IMAGE, new FakeVerifier("keyless", REFUSED))).isEqualTo(REFUSED);
    assertThat(verdicts.of(IMAGE, new FakeVerifier("one key", ADMITTED))).isEqualTo(ADMITTED);
    assertThat(verdicts.of(IMAGE, new FakeVerifier("keyless", ADMITTED))).isEqualTo(REFUSED);
  }

  @Test
  void remembersNoFailureToFindOut() throws IOException {
    FakeVerifier verifier = new FakeVerifier("keyless");
    assertThatThrownBy(() -> verdicts.of(IMAGE, verifier)).hasMessage("no answer");
    verifier.answers.add(ADMITTED);
    assertThat(verdicts.of(IMAGE, verifier)).isEqualTo(ADMITTED);
  }
}
