package imageservice.formats.tpm;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The digests of one content, by bank.
public final class Digests {
  private static final int CHUNK = 64 << 10;

  private final Map<PcrBank, byte[]> values;

  private Digests(Map<PcrBank, MessageDigest> digests) {
    this.values = new EnumMap<>(PcrBank.class);
    digests.forEach((bank, digest) -> values.put(bank, digest.digest()));
  }

  /// Reads the content once, for these banks.
  public static Digests of(Blob content, Set<PcrBank> banks) throws IOException {
    Map<PcrBank, MessageDigest> digests = start(banks);
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = content.open()) {
      for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
        for (MessageDigest digest : digests.values()) {
          digest.update(chunk, 0, got);
        }
      }
    }
    return new Digests(digests);
  }

  /// The digests of a short content in every bank.
  public static Digests of(byte[] content) {
    Map<PcrBank, MessageDigest> digests = start(EnumSet.allOf(PcrBank.class));
    digests.values().forEach(digest -> digest.update(content));
    return new Digests(digests);
  }

  byte[] in(PcrBank bank) {
    return java.util.Objects.requireNonNull(values.get(bank)).clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digests digests && toString().equals(digests.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    Map<PcrBank, String> hex = new TreeMap<>();
    values.forEach((bank, value) -> hex.put(bank, HexFormat.of().formatHex(value)));
    return hex.toString();
  }

  private static Map<PcrBank, MessageDigest> start(Set<PcrBank> banks) {
    Map<PcrBank, MessageDigest> digests = new EnumMap<>(PcrBank.class);
    for (PcrBank bank : banks) {
      digests.put(bank, bank.digest());
    }
    return digests;
  }
}
