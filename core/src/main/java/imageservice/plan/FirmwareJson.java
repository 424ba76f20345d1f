package imageservice.plan;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a board needs on a disk, as a part of {@link BuildPlanJson}.
final class FirmwareJson {
  private FirmwareJson() {}

  static JsonText json(Firmware firmware) {
    return switch (firmware) {
      case Firmware.Listed listed -> json(listed);
      case Firmware.ByProgram byProgram ->
          PartsJson.put(JsonText.object(), byProgram.program())
              .put("artifacts", json(byProgram.artifacts()));
    };
  }

  private static JsonText json(Firmware.Listed firmware) {
    JsonText json = JsonText.object().put("skip", firmware.skip());
    firmware
        .raw()
        .ifPresent(
            raw -> json.put("raw", PartsJson.json(raw.file())).put("rawOffset", raw.offset()));
    return json.put("files", firmware.files().stream().map(FirmwareJson::json).toList())
        .put("folders", firmware.folders().stream().map(FirmwareJson::json).toList())
        .putIfPresent("configTxt", firmware.configTxt());
  }

  static Firmware read(JsonFields fields) throws MalformedJsonException {
    Firmware firmware = fields.has("program") ? byProgram(fields) : listed(fields);
    fields.end();
    return firmware;
  }

  private static Firmware byProgram(JsonFields fields) throws MalformedJsonException {
    return new Firmware.ByProgram(PartsJson.program(fields), folder(fields.object("artifacts")));
  }

  private static Firmware listed(JsonFields fields) throws MalformedJsonException {
    List<Firmware.PlacedFile> files = new ArrayList<>();
    for (JsonFields file : fields.objects("files")) {
      files.add(file(file));
    }
    List<Input.ImageFolder> folders = new ArrayList<>();
    for (JsonFields folder : fields.objects("folders")) {
      folders.add(folder(folder));
    }
    return new Firmware.Listed(
        fields.integer("skip"), raw(fields), files, folders, fields.optionalText("configTxt"));
  }

  private static Optional<Firmware.RawFile> raw(JsonFields fields) throws MalformedJsonException {
    Optional<JsonFields> file = fields.optionalObject("raw");
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Firmware.RawFile(PartsJson.imageFile(file.get()), fields.integer("rawOffset")));
  }

  private static JsonText json(Firmware.PlacedFile file) {
    return JsonText.object().put("path", file.path()).put("file", PartsJson.json(file.file()));
  }

  private static Firmware.PlacedFile file(JsonFields fields) throws MalformedJsonException {
    Firmware.PlacedFile file =
        new Firmware.PlacedFile(fields.text("path"), PartsJson.imageFile(fields.object("file")));
    fields.end();
    return file;
  }

  private static JsonText json(Input.ImageFolder folder) {
    return JsonText.object()
        .put("repository", folder.repository())
        .put("image", folder.image().value())
        .put("path", folder.path());
  }

  private static Input.ImageFolder folder(JsonFields fields) throws MalformedJsonException {
    Input.ImageFolder folder =
        new Input.ImageFolder(
            fields.text("repository"), PartsJson.digest(fields.text("image")), fields.text("path"));
    fields.end();
    return folder;
  }
}
