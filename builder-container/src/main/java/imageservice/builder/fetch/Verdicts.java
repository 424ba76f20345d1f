package imageservice.builder.fetch;

import imageservice.builder.oci.OciImage;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The verdicts of this process, each under the image's digest and the verifier's policy: the
/// verdict on the same image under the same policy never changes. Threads that ask at once about a
/// new image may each reach the verifier.
final class Verdicts {
  private record Question(Digest image, String policy) {}

  private final Map<Question, Verdict> known = new ConcurrentHashMap<>();

  /// The verdict on an image. A failure of the verifier is not remembered.
  Verdict of(OciImage image, Verifier verifier) throws IOException {
    Verifier current = verifier.current();
    Question question = new Question(image.digest(), current.policy());
    Verdict before = known.get(question);
    if (before != null) {
      return before;
    }
    Verdict verdict = current.verify(image);
    known.put(question, verdict);
    return verdict;
  }
}
