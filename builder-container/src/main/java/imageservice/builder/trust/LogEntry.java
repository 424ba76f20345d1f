package imageservice.builder.trust;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a log of signatures says that it holds.
///
/// @param index of all its parts together
/// @param seconds since 1970 when it took the entry in; 0 where it does not say
/// @param body what it holds, in base64 as the log wrote it
/// @param promise the log's signature of all that; absent where it gives none
/// @param proof that it is in the log; absent in old forms
record LogEntry(
    Bytes logId,
    long index,
    long seconds,
    String body,
    @Nullable Bytes promise,
    @Nullable InclusionProof proof) {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");

  /// One of a bundle's: protobuf-specs of sigstore, `sigstore_rekor.proto`, as JSON.
  static LogEntry ofBundle(JsonFields entry) throws MalformedJsonException, UntrustedException {
    Optional<JsonFields> promise = entry.optionalObject("inclusionPromise");
    return new LogEntry(
        Bytes.ofBase64(entry.object("logId").line("keyId"), "keyId"),
        number(entry, "logIndex"),
        number(entry, "integratedTime"),
        entry.line("canonicalizedBody"),
        promise.isPresent()
            ? Bytes.ofBase64(promise.get().line("signedEntryTimestamp"), "signedEntryTimestamp")
            : null,
        InclusionProof.read(entry.object("inclusionProof")));
  }

  /// That of cosign's annotation beside a payload of simple signing.
  static LogEntry ofAnnotation(JsonFields bundle)
      throws MalformedJsonException, UntrustedException {
    JsonFields payload = bundle.object("Payload");
    return new LogEntry(
        Bytes.ofHex(payload.line("logID"), "logID"),
        payload.number("logIndex"),
        payload.number("integratedTime"),
        payload.line("body"),
        Bytes.ofBase64(bundle.line("SignedEntryTimestamp"), "SignedEntryTimestamp"),
        null);
  }

  /// A number of 64 bits, which protobuf writes as a text; it leaves out 0.
  static long number(JsonFields fields, String name)
      throws MalformedJsonException, UntrustedException {
    if (!fields.has(name)) {
      return 0;
    }
    try {
      return fields.number(name);
    } catch (MalformedJsonException e) {
      String text = fields.line(name);
      if (!NUMBER.matcher(text).matches()) {
        throw new UntrustedException(name + " is not a number");
      }
      return parsed(text, name);
    }
  }

  private static long parsed(String text, String name) throws UntrustedException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UntrustedException(name + " is not a number");
    }
  }

  Bytes content() throws UntrustedException {
    return Bytes.ofBase64(body, "the log's entry");
  }

  Instant time() {
    return Instant.ofEpochSecond(seconds);
  }
}
