package imageservice.ledger;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.time.Instant;

/// A {@link BuildRecord} as the JSON that tables hold. Times are milliseconds since 1970.
final class BuildRecordJson {
  private BuildRecordJson() {}

  static String write(BuildRecord record) {
    JsonText json =
        JsonText.object()
            .put("objectKey", record.objectKey())
            .put("assetKey", record.assetKey())
            .put("fence", record.fence())
            .put("attempt", record.attempt())
            .put("startedAt", record.startedAt().toEpochMilli());
    JsonText whole =
        switch (record.state()) {
          case BuildState.Running running -> json.put("running", write(running));
          case BuildState.Ready ready -> json.put("ready", write(ready));
          case BuildState.Failed failed -> json.put("failed", write(failed));
        };
    return whole.toString();
  }

  static BuildRecord read(String text) throws MalformedJsonException {
    JsonFields fields = JsonFields.parse(text);
    BuildRecord record =
        new BuildRecord(
            fields.text("objectKey"),
            fields.text("assetKey"),
            fields.number("fence"),
            attempt(fields.number("attempt")),
            time(fields, "startedAt"),
            state(fields));
    fields.end();
    return record;
  }

  private static int attempt(long number) throws MalformedJsonException {
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new MalformedJsonException("attempt: not a number of attempts: " + number);
    }
    return (int) number;
  }

  private static JsonText write(BuildState.Running running) {
    return JsonText.object()
        .put("claimed", running.claimed())
        .put("stage", running.progress().stage().name())
        .put("doneBytes", running.progress().doneBytes())
        .put("totalBytes", running.progress().totalBytes())
        .put("leaseUntil", running.leaseUntil().toEpochMilli());
  }

  private static JsonText write(BuildState.Ready ready) {
    return JsonText.object()
        .put("size", ready.size())
        .put("sha256", ready.sha256())
        .put("at", ready.at().toEpochMilli())
        .put("measurements", MeasurementJson.write(ready.measurements()));
  }

  private static JsonText write(BuildState.Failed failed) {
    return JsonText.object()
        .put("kind", failed.kind().name())
        .put("stage", failed.stage().name())
        .put("message", failed.message())
        .put("retryAt", failed.retryAt().toEpochMilli());
  }

  private static BuildState state(JsonFields fields) throws MalformedJsonException {
    if (fields.has("running")) {
      return running(fields.object("running"));
    }
    return fields.has("ready") ? ready(fields.object("ready")) : failed(fields.object("failed"));
  }

  private static BuildState running(JsonFields fields) throws MalformedJsonException {
    BuildState.Running running =
        new BuildState.Running(
            fields.flag("claimed"),
            new Progress(
                constant(Stage.class, fields.text("stage")),
                fields.number("doneBytes"),
                fields.number("totalBytes")),
            time(fields, "leaseUntil"));
    fields.end();
    return running;
  }

  private static BuildState ready(JsonFields fields) throws MalformedJsonException {
    BuildState.Ready ready =
        new BuildState.Ready(
            fields.number("size"),
            fields.text("sha256"),
            time(fields, "at"),
            MeasurementJson.read(fields, "measurements"));
    fields.end();
    return ready;
  }

  private static BuildState failed(JsonFields fields) throws MalformedJsonException {
    BuildState.Failed failed =
        new BuildState.Failed(
            constant(FailureKind.class, fields.text("kind")),
            constant(Stage.class, fields.text("stage")),
            fields.text("message"),
            time(fields, "retryAt"));
    fields.end();
    return failed;
  }

  private static Instant time(JsonFields fields, String name) throws MalformedJsonException {
    return Instant.ofEpochMilli(fields.number(name));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name)
      throws MalformedJsonException {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new MalformedJsonException("unknown " + type.getSimpleName() + ": " + name);
  }
}
