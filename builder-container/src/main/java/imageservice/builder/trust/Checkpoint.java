package imageservice.builder.trust;

import java.util.List;

/// A log's signature of its tree: signed notes of Go, with the tree as transparency-dev writes it.
/// Others may have signed it as well.
final class Checkpoint {
  private static final int MOST_CHARACTERS = 16 << 10;
  private static final String SIGNED_BY = "— ";
  private static final int HINT = 4;

  private Checkpoint() {}

  /// That the log signed the tree of this proof.
  static void require(InclusionProof proof, TransparencyLog log) throws UntrustedException {
    String note = proof.checkpoint();
    int end = note.indexOf("\n\n");
    if (note.length() > MOST_CHARACTERS || end < 0) {
      throw new UntrustedException("the log's checkpoint is none");
    }
    String text = note.substring(0, end + 1);
    requireTree(text, proof);
    Keys.require(
        log.key(), Bytes.ofUtf8(text), signature(note.substring(end + 2), log), "the log's tree");
  }

  private static void requireTree(String text, InclusionProof proof) throws UntrustedException {
    List<String> lines = text.lines().toList();
    if (lines.size() < 3
        || !lines.get(1).equals(Long.toString(proof.size()))
        || !lines.get(2).equals(proof.root().base64())) {
      throw new UntrustedException("the log's checkpoint is of another tree");
    }
  }

  private static Bytes signature(String signatures, TransparencyLog log) throws UntrustedException {
    Bytes hint = log.id().slice(0, HINT);
    for (String line : signatures.split("\n", -1)) {
      if (line.startsWith(SIGNED_BY)) {
        String[] parts = line.substring(SIGNED_BY.length()).split(" ", -1);
        if (parts.length == 2 && parts[0].equals(log.host())) {
          Bytes signature = Bytes.ofBase64(parts[1], "the checkpoint's signature");
          if (signature.length() > HINT && signature.slice(0, HINT).equals(hint)) {
            return signature.slice(HINT, signature.length());
          }
        }
      }
    }
    throw new UntrustedException("the log did not sign its checkpoint");
  }
}
