package imageservice.plan;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.util.Optional;

/// Keys and their enrolment as fields of {@link BuildPlanJson}; what is not signed has none.
final class SecureBootJson {
  private SecureBootJson() {}

  static JsonText put(JsonText json, Optional<SecureBoot> keys) {
    keys.ifPresent(present -> json.put("secureBoot", json(present)));
    return json;
  }

  private static JsonText json(SecureBoot keys) {
    JsonText json =
        JsonText.object()
            .put("certificate", keys.certificate().value())
            .put("pcrKey", keys.pcrKey().value());
    keys.enrolment()
        .ifPresent(files ->
            json.put(
                "enrolmentFiles",
                JsonText.object()
                    .put("pk", files.pk().value())
                    .put("kek", files.kek().value())
                    .put("db", files.db().value())));
    return json;
  }

  static Optional<SecureBoot> keys(JsonFields uki) throws MalformedJsonException {
    Optional<JsonFields> fields = uki.optionalObject("secureBoot");
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    SecureBoot keys =
        new SecureBoot(
            PartsJson.digest(fields.get().text("certificate")),
            PartsJson.digest(fields.get().text("pcrKey")),
            files(fields.get()));
    fields.get().end();
    return Optional.of(keys);
  }

  private static Optional<EnrolmentFiles<Digest>> files(JsonFields keys)
      throws MalformedJsonException {
    Optional<JsonFields> fields = keys.optionalObject("enrolmentFiles");
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    EnrolmentFiles<Digest> files =
        new EnrolmentFiles<>(
            PartsJson.digest(fields.get().text("pk")),
            PartsJson.digest(fields.get().text("kek")),
            PartsJson.digest(fields.get().text("db")));
    fields.get().end();
    return Optional.of(files);
  }

  static JsonText put(JsonText json, Boot.SystemdBoot boot) {
    boot.enrolment()
        .ifPresent(enrolment ->
            json.put(
                "enrolment",
                JsonText.object()
                    .put("mode", enrolment.mode().name())
                    .put("wellKnown", enrolment.wellKnown())));
    return json;
  }

  static Optional<Enrolment> enrolment(JsonFields boot) throws MalformedJsonException {
    Optional<JsonFields> fields = boot.optionalObject("enrolment");
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    Enrolment enrolment =
        new Enrolment(
            PartsJson.constant("mode", Enrolment.Mode.values(), fields.get().text("mode")),
            fields.get().flag("wellKnown"));
    fields.get().end();
    return Optional.of(enrolment);
  }
}
