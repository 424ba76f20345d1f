package imageservice.plan;

import imageservice.configuration.ConfigurationId;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.configuration.Meaning;
import imageservice.configuration.NamedConfiguration;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import imageservice.release.Release;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseDocumentJson;
import java.util.Optional;

/// A {@link Lock} as JSON for people: a field a line.
public final class LockJson {
  private static final int FORM = 1;

  private LockJson() {}

  public static String write(Lock lock) {
    JsonText json =
        JsonText.object()
            .put("lock", FORM)
            .put("version", lock.version().toString())
            .put("externalUrl", lock.externalUrl())
            .put(
                "configuration",
                JsonText.object()
                    .put("id", lock.configuration().id().hex())
                    .put("text", lock.configuration().text()))
            .put("imager", lock.release().imager().value())
            .putIfPresent("grubKit", lock.grubKit().map(Digest::value));
    return SecureBootJson.put(json, lock.bootKeys())
            .put("release", ReleaseDocumentJson.json(lock.document()))
            .put("recipes", lock.recipes())
            .indented()
        + "\n";
  }

  /// @throws MalformedJsonException where it is no lock, with what is wrong
  public static Lock read(String text) throws MalformedJsonException {
    JsonFields fields = JsonFields.parse(text);
    if (!fields.has("lock") || fields.number("lock") != FORM) {
      throw new MalformedJsonException(
          "lock: this version reads form %d, as GET /image/ID/VERSION/lock answers it"
              .formatted(FORM));
    }
    ReleaseDocument document = ReleaseDocumentJson.read(fields.object("release"));
    if (!fields.text("version").equals(document.version().toString())) {
      throw new MalformedJsonException("version: not that of the release");
    }
    Optional<String> kit = fields.optionalText("grubKit");
    return new Lock(
        fields.text("externalUrl"),
        configuration(fields.object("configuration")),
        new Release(document.version(), PartsJson.digest(fields.text("imager"))),
        kit.isPresent() ? Optional.of(PartsJson.digest(kit.get())) : Optional.empty(),
        SecureBootJson.keys(fields),
        document,
        fields.texts("recipes"));
  }

  private static NamedConfiguration configuration(JsonFields fields) throws MalformedJsonException {
    String id = fields.text("id");
    String text = fields.text("text");
    try {
      return new NamedConfiguration(
          ConfigurationId.parse(id)
              .orElseThrow(() -> new MalformedJsonException("configuration: no id: " + id)),
          text,
          Meaning.of(text));
    } catch (InvalidConfigurationException e) {
      throw new MalformedJsonException("configuration: " + e.getMessage());
    }
  }
}
