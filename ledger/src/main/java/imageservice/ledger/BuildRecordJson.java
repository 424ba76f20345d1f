package imageservice.ledger;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A {@link BuildRecord} as the JSON in the table. Times are milliseconds since 1970. Two versions
/// of the service share a table during a deployment: the reader skips unknown fields, and reads an
/// unknown stage as `QUEUED` and an unknown kind of failure as `DEFECT`.
final class BuildRecordJson {
  private BuildRecordJson() {}

  static String write(BuildRecord record) {
    JsonText json =
        JsonText.object()
            .put("objectKey", record.address().toString())
            .put("assetKey", record.plan().hex())
            .put("warnings", record.asset().warnings())
            .put("fence", record.fence())
            .put("attempt", record.attempt())
            .put("startedAt", record.startedAt().toEpochMilli());
    JsonText whole =
        switch (record.state()) {
          case BuildState.Queued queued -> json.put("running", write(queued));
          case BuildState.Running running -> json.put("running", write(running));
          case BuildState.Ready ready -> json.put("ready", write(ready));
          case BuildState.Failed failed -> json.put("failed", write(failed));
        };
    return whole.toString();
  }

  static BuildRecord read(String text) throws MalformedJsonException {
    JsonFields fields = JsonFields.parse(text);
    return new BuildRecord(
        asset(fields),
        fields.number("fence"),
        count(fields, "attempt"),
        time(fields, "startedAt"),
        state(fields));
  }

  private static PlannedAsset asset(JsonFields fields) throws MalformedJsonException {
    return new PlannedAsset(
        RecordFields.address(fields, "objectKey"),
        RecordFields.assetKey(fields, "assetKey"),
        fields.optionalTexts("warnings"));
  }

  private static int count(JsonFields fields, String name) throws MalformedJsonException {
    long number = fields.number(name);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new MalformedJsonException(name + ": not a number of times: " + number);
    }
    return (int) number;
  }

  /// An unclaimed order, with a lease for versions of the service that gave orders one.
  private static JsonText write(BuildState.Queued queued) {
    return JsonText.object()
        .put("claimed", false)
        .put("stage", Stage.QUEUED.name())
        .put("doneBytes", 0)
        .put("totalBytes", 0)
        .put("leaseUntil", queued.giveAgainAt().toEpochMilli())
        .put("ticket", queued.ticket())
        .put("given", queued.given())
        .put("since", queued.since().toEpochMilli());
  }

  private static JsonText write(BuildState.Running running) {
    Progress progress = running.progress();
    return JsonText.object()
        .put("claimed", true)
        .put("stage", progress.stage().name())
        .put("doneBytes", progress.doneBytes())
        .put("totalBytes", progress.totalBytes())
        .put("inputs", progress.inputs().stream().map(BuildRecordJson::write).toList())
        .put("leaseUntil", running.leaseUntil().toEpochMilli());
  }

  private static JsonText write(InputProgress input) {
    return JsonText.object()
        .put("repository", input.repository())
        .put("sha256", input.digest().hex())
        .put("doneBytes", input.doneBytes())
        .put("totalBytes", input.totalBytes());
  }

  private static JsonText write(BuildState.Ready ready) {
    return StoredProductJson.write(
        JsonText.object().put("at", ready.at().toEpochMilli()), ready.product());
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
      JsonFields running = fields.object("running");
      return running.flag("claimed") ? running(running) : queued(running);
    }
    return fields.has("ready") ? ready(fields.object("ready")) : failed(fields.object("failed"));
  }

  private static BuildState queued(JsonFields fields) throws MalformedJsonException {
    boolean counted = fields.has("ticket");
    Instant giveAgainAt = time(fields, "leaseUntil");
    return new BuildState.Queued(
        counted ? fields.number("ticket") : 0,
        counted ? count(fields, "given") : 1,
        counted ? time(fields, "since") : giveAgainAt,
        giveAgainAt);
  }

  private static BuildState running(JsonFields fields) throws MalformedJsonException {
    return new BuildState.Running(
        new Progress(
            constant(Stage.values(), fields.text("stage"), Stage.QUEUED),
            fields.number("doneBytes"),
            fields.number("totalBytes"),
            inputs(fields)),
        time(fields, "leaseUntil"));
  }

  private static List<InputProgress> inputs(JsonFields fields) throws MalformedJsonException {
    List<InputProgress> inputs = new ArrayList<>();
    for (JsonFields input : fields.optionalObjects("inputs")) {
      inputs.add(
          new InputProgress(
              input.text("repository"),
              RecordFields.sha256(input, "sha256"),
              input.number("doneBytes"),
              input.number("totalBytes")));
    }
    return inputs;
  }

  private static BuildState ready(JsonFields fields) throws MalformedJsonException {
    return new BuildState.Ready(StoredProductJson.read(fields), time(fields, "at"));
  }

  private static BuildState failed(JsonFields fields) throws MalformedJsonException {
    return new BuildState.Failed(
        constant(FailureKind.values(), fields.text("kind"), FailureKind.DEFECT),
        constant(Stage.values(), fields.text("stage"), Stage.QUEUED),
        fields.text("message"),
        time(fields, "retryAt"));
  }

  private static Instant time(JsonFields fields, String name) throws MalformedJsonException {
    return Instant.ofEpochMilli(fields.number(name));
  }

  private static <E extends Enum<E>> E constant(E[] known, String name, E fallback) {
    return Arrays.stream(known)
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElse(fallback);
  }
}
