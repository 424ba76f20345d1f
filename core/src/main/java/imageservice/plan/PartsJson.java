package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import imageservice.plan.cmdline.OpenCommandLine;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.util.ArrayList;
import java.util.List;

/// Parts of {@link BuildPlanJson}: inputs, the content of initramfs images and UKIs, command lines.
final class PartsJson {
  private PartsJson() {}

  static JsonText json(Input.ImageFile file) {
    return JsonText.object()
        .put("repository", file.repository())
        .put("image", file.image().value())
        .put("path", file.path());
  }

  static Input.ImageFile imageFile(JsonFields fields) throws MalformedJsonException {
    Input.ImageFile file =
        new Input.ImageFile(
            fields.text("repository"), digest(fields.text("image")), fields.text("path"));
    fields.end();
    return file;
  }

  static JsonText json(Input.SourceImage source) {
    return JsonText.object()
        .put("repository", source.repository())
        .put("image", source.image().value());
  }

  static Input.SourceImage sourceImage(JsonFields fields) throws MalformedJsonException {
    Input.SourceImage source =
        new Input.SourceImage(fields.text("repository"), digest(fields.text("image")));
    fields.end();
    return source;
  }

  static JsonText json(InitramfsContent content) {
    return JsonText.object()
        .put("version", content.version().toString())
        .put("base", json(content.base()))
        .put("kernel", json(content.kernel()))
        .put("mergedUsr", content.mergedUsr())
        .put("compression", content.compression().name())
        .put("extensions", content.extensions().stream().map(ExtensionJson::json).toList());
  }

  static InitramfsContent initramfs(JsonFields fields) throws MalformedJsonException {
    List<Extension> extensions = new ArrayList<>();
    for (JsonFields extension : fields.objects("extensions")) {
      extensions.add(ExtensionJson.read(extension));
    }
    InitramfsContent content =
        new InitramfsContent(
            version(fields.text("version")),
            imageFile(fields.object("base")),
            imageFile(fields.object("kernel")),
            fields.flag("mergedUsr"),
            constant("compression", AddOnCompression.values(), fields.text("compression")),
            extensions);
    fields.end();
    return content;
  }

  static JsonText json(UkiContent content) {
    JsonText json =
        JsonText.object()
            .put("version", content.version().toString())
            .put("stub", json(content.stub()))
            .put("kernel", json(content.kernel()))
            .put("initramfs", json(content.initramfs()))
            .put("commandLine", json(content.commandLine()))
            .put("profiles", content.profiles().stream().map(PartsJson::json).toList());
    return SecureBootJson.put(json, content.secureBoot());
  }

  static UkiContent uki(JsonFields fields) throws MalformedJsonException {
    List<UkiProfile> profiles = new ArrayList<>();
    for (JsonFields profile : fields.objects("profiles")) {
      profiles.add(profile(profile));
    }
    UkiContent content =
        new UkiContent(
            version(fields.text("version")),
            imageFile(fields.object("stub")),
            imageFile(fields.object("kernel")),
            initramfs(fields.object("initramfs")),
            commandLine(fields.object("commandLine")),
            profiles,
            SecureBootJson.keys(fields));
    fields.end();
    return content;
  }

  /// Adds systemd-boot, as {@link #systemdBoot} reads it.
  static JsonText put(JsonText json, Boot.SystemdBoot boot) {
    return SecureBootJson.put(
        json.put("uki", json(boot.image())).put("systemdBoot", json(boot.loader())), boot);
  }

  static Boot.SystemdBoot systemdBoot(JsonFields fields) throws MalformedJsonException {
    return new Boot.SystemdBoot(
        uki(fields.object("uki")),
        imageFile(fields.object("systemdBoot")),
        SecureBootJson.enrolment(fields));
  }

  static JsonText json(PlannedCommandLine commandLine) {
    return switch (commandLine) {
      case PlannedCommandLine.Settled settled -> JsonText.object().put("text", settled.text());
      case PlannedCommandLine.WithOverlay incomplete ->
          put(JsonText.object(), incomplete.program())
              .put("before", incomplete.line().before())
              .put("after", incomplete.line().after())
              .put("extra", incomplete.line().extra());
    };
  }

  static PlannedCommandLine commandLine(JsonFields fields) throws MalformedJsonException {
    PlannedCommandLine commandLine =
        fields.has("text")
            ? new PlannedCommandLine.Settled(fields.text("text"))
            : new PlannedCommandLine.WithOverlay(
                program(fields),
                new OpenCommandLine(
                    fields.text("before"), fields.text("after"), fields.texts("extra")));
    fields.end();
    return commandLine;
  }

  /// Adds an overlay's program, as {@link #program} reads it.
  static JsonText put(JsonText json, OverlayProgram program) {
    return json.put("program", json(program.file())).put("options", program.options());
  }

  static OverlayProgram program(JsonFields fields) throws MalformedJsonException {
    return new OverlayProgram(imageFile(fields.object("program")), fields.text("options"));
  }

  private static JsonText json(UkiProfile profile) {
    return JsonText.object()
        .put("id", profile.id())
        .putIfPresent("title", profile.title())
        .putIfPresent("appended", profile.appended());
  }

  private static UkiProfile profile(JsonFields fields) throws MalformedJsonException {
    UkiProfile profile =
        new UkiProfile(
            fields.text("id"), fields.optionalText("title"), fields.optionalText("appended"));
    fields.end();
    return profile;
  }

  static Architecture architecture(String text) throws MalformedJsonException {
    return constant("architecture", Architecture.values(), text);
  }

  static Digest digest(String text) throws MalformedJsonException {
    return Digest.parse(text)
        .orElseThrow(() -> new MalformedJsonException("not a digest: " + text));
  }

  private static TalosVersion version(String text) throws MalformedJsonException {
    return TalosVersion.parse(text)
        .orElseThrow(() -> new MalformedJsonException("not a Talos version: " + text));
  }

  static <E extends Enum<E>> E constant(String field, E[] values, String text)
      throws MalformedJsonException {
    for (E value : values) {
      if (value.name().equals(text)) {
        return value;
      }
    }
    throw new MalformedJsonException(field + ": unknown: " + text);
  }
}
