package imageservice.builder.trust;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A bundle of version 0.3: protobuf-specs of sigstore, `sigstore_bundle.proto`, as JSON.
record Bundle(JsonFields material, Envelope envelope) {
  private static final Set<String> MEDIA_TYPES =
      Set.of(
          "application/vnd.dev.sigstore.bundle.v0.3+json",
          "application/vnd.dev.sigstore.bundle+json;version=0.3");
  private static final int MOST_BYTES = 256 << 10;
  private static final int MOST_TIMESTAMPS = 8;

  static Bundle read(Bytes json) throws MalformedJsonException, UntrustedException {
    if (json.length() > MOST_BYTES) {
      throw new UntrustedException("a bundle of %d bytes".formatted(json.length()));
    }
    JsonFields bundle = JsonFields.foreign(json.array());
    if (!MEDIA_TYPES.contains(bundle.line("mediaType"))) {
      throw new UntrustedException("a bundle of another version than 0.3");
    }
    return new Bundle(
        bundle.object("verificationMaterial"), Envelope.read(bundle.object("dsseEnvelope")));
  }

  Certificate certificate() throws MalformedJsonException, UntrustedException {
    Optional<JsonFields> certificate = material.optionalObject("certificate");
    if (certificate.isEmpty()) {
      throw new UntrustedException("the bundle has no certificate");
    }
    return Certificate.of(Bytes.ofBase64(certificate.get().line("rawBytes"), "rawBytes"));
  }

  /// What a log says of the signature; of several entries it would not be clear which one counts.
  LogEntry entry() throws MalformedJsonException, UntrustedException {
    List<JsonFields> entries = material.optionalObjects("tlogEntries");
    if (entries.size() != 1) {
      throw new UntrustedException("%d log entries in the bundle".formatted(entries.size()));
    }
    return LogEntry.ofBundle(entries.getFirst());
  }

  /// Timestamps of RFC 3161.
  List<Bytes> timestamps() throws MalformedJsonException, UntrustedException {
    Optional<JsonFields> data = material.optionalObject("timestampVerificationData");
    List<JsonFields> found =
        data.isPresent() ? data.get().optionalObjects("rfc3161Timestamps") : List.of();
    if (found.isEmpty() || found.size() > MOST_TIMESTAMPS) {
      throw new UntrustedException("%d timestamps in the bundle".formatted(found.size()));
    }
    List<Bytes> timestamps = new ArrayList<>();
    for (JsonFields timestamp : found) {
      timestamps.add(Bytes.ofBase64(timestamp.line("signedTimestamp"), "signedTimestamp"));
    }
    return timestamps;
  }
}
