package imageservice.builder.trust;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an envelope says about an image: in-toto attestation framework, statements of version 1 and
/// 0.1, with cosign's type for signatures. Other statements about images are no signatures.
final class Statement {
  private static final Set<String> TYPES =
      Set.of("https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1");
  private static final String SIGNATURE = "https://sigstore.dev/cosign/sign/v1";
  private static final int MOST_SUBJECTS = 100;

  private Statement() {}

  /// That a payload states the signature of this image.
  static void require(Bytes payload, Digest image)
      throws MalformedJsonException, UntrustedException {
    JsonFields statement = JsonFields.foreign(payload.array());
    if (!TYPES.contains(statement.line("_type"))) {
      throw new UntrustedException("a statement of an unknown type");
    }
    if (!statement.line("predicateType").equals(SIGNATURE)) {
      throw new UntrustedException("a statement that is no signature");
    }
    List<JsonFields> subjects = statement.objects("subject");
    if (subjects.size() > MOST_SUBJECTS) {
      throw new UntrustedException("a statement of more than %d subjects".formatted(MOST_SUBJECTS));
    }
    for (JsonFields subject : subjects) {
      Optional<String> digest = subject.object("digest").optionalLine("sha256");
      if (digest.equals(Optional.of(image.hex()))) {
        return;
      }
    }
    throw new UntrustedException("the statement is about another image");
  }
}
