package imageservice.builder.trust;

import imageservice.json.JsonText;

/// The signature by which Rekor, version 1, says when it took an entry in.
final class EntryTimestamp {
  private EntryTimestamp() {}

  static void require(LogEntry entry, TransparencyLog log) throws UntrustedException {
    Bytes promise = entry.promise();
    if (promise == null) {
      throw new UntrustedException("the log did not sign the entry's time");
    }
    Keys.require(log.key(), signed(entry), promise, "the log entry's time");
  }

  /// Canonical JSON (RFC 8785).
  private static Bytes signed(LogEntry entry) {
    return Bytes.ofUtf8(
        JsonText.object()
            .put("body", entry.body())
            .put("integratedTime", entry.seconds())
            .put("logID", entry.logId().hex())
            .put("logIndex", entry.index())
            .toString());
  }
}
