package imageservice.builder.trust;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;

/// That an entry is in a log's tree (RFC 9162, section 2.1.3).
///
/// @param size of the tree
/// @param path hashes beside the entry's way up, the lowest first
/// @param checkpoint in which the log signs the tree
record InclusionProof(long index, long size, Bytes root, List<Bytes> path, String checkpoint) {
  private static final int MOST_HASHES = 64;
  private static final Bytes LEAF = Bytes.of(new byte[] {0});
  private static final Bytes NODE = Bytes.of(new byte[] {1});

  InclusionProof {
    path = List.copyOf(path);
  }

  static InclusionProof read(JsonFields proof) throws MalformedJsonException, UntrustedException {
    List<String> hashes = proof.optionalTexts("hashes");
    if (hashes.size() > MOST_HASHES) {
      throw new UntrustedException("a proof of more than %d hashes".formatted(MOST_HASHES));
    }
    List<Bytes> path = new ArrayList<>();
    for (String hash : hashes) {
      path.add(Bytes.ofBase64(hash, "a proof's hash"));
    }
    return new InclusionProof(
        LogEntry.number(proof, "logIndex"),
        LogEntry.number(proof, "treeSize"),
        Bytes.ofBase64(proof.line("rootHash"), "rootHash"),
        path,
        proof.object("checkpoint").text("envelope"));
  }

  /// That the tree of this root has the entry.
  void require(Bytes entry) throws UntrustedException {
    if (index < 0 || index >= size) {
      throw new UntrustedException("the log's tree ends before the entry");
    }
    if (!computed(entry).equals(root)) {
      throw new UntrustedException("the entry is not in the log's tree");
    }
  }

  /// RFC 9162, section 2.1.3.2, with its names.
  private Bytes computed(Bytes entry) throws UntrustedException {
    long fn = index;
    long sn = size - 1;
    Bytes r = Bytes.joined(LEAF, entry).sha256();
    for (Bytes p : path) {
      if (sn == 0) {
        throw new UntrustedException("the proof is too long for the log's tree");
      }
      if ((fn & 1) == 1 || fn == sn) {
        r = Bytes.joined(NODE, p, r).sha256();
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        r = Bytes.joined(NODE, r, p).sha256();
      }
      fn >>= 1;
      sn >>= 1;
    }
    if (sn != 0) {
      throw new UntrustedException("the proof is too short for the log's tree");
    }
    return r;
  }
}
