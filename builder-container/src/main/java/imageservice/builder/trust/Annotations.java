package imageservice.builder.trust;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What cosign's older form keeps beside a payload. Its chain of certificates is not read: the
/// trusted root has those that count.
record Annotations(Map<String, String> values) {
  private static final int MOST_CHARACTERS = 64 << 10;

  Bytes signature() throws UntrustedException {
    return Bytes.ofBase64(
        value("dev.cosignproject.cosign/signature", "signature"), "the signature");
  }

  Certificate certificate() throws UntrustedException {
    return Certificate.ofPem(value("dev.sigstore.cosign/certificate", "certificate"));
  }

  LogEntry entry() throws UntrustedException, MalformedJsonException {
    String bundle = value("dev.sigstore.cosign/bundle", "log entry");
    return LogEntry.ofAnnotation(JsonFields.foreign(bundle.getBytes(StandardCharsets.UTF_8)));
  }

  private String value(String name, String what) throws UntrustedException {
    String value = values.get(name);
    if (value == null) {
      throw new UntrustedException("no %s beside the payload".formatted(what));
    }
    if (value.length() > MOST_CHARACTERS) {
      throw new UntrustedException("a %s of %d characters".formatted(what, value.length()));
    }
    return value;
  }
}
