package imageservice.builder.fetch;

import imageservice.builder.oci.OciImage;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Verdicts of this process, each under the image's digest and the policy by which it was found: a
/// digest never changes, so neither does what is said of it. Threads that ask for the first time at
/// the same time may all reach the verifier.
final class Verdicts {
  private record Question(Digest image, String policy) {}

  private final Map<Question, Verdict> known = new ConcurrentHashMap<>();

  /// Remembers no failure to find out.
  Verdict of(OciImage image, Verifier verifier) throws IOException {
    Question question = new Question(image.digest(), verifier.policy());
    Verdict before = known.get(question);
    if (before != null) {
      return before;
    }
    Verdict verdict = verifier.verify(image);
    known.put(question, verdict);
    return verdict;
  }
}
