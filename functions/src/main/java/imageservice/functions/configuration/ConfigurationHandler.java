package imageservice.functions.configuration;

import imageservice.configuration.CanonicalForms;
import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.ConfigurationId;
import imageservice.configuration.ConfigurationJson;
import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.configuration.NamedConfiguration;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Conditional;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.json.JsonText;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `POST /schematics` and `GET /schematics/{id}`, and the same under `/configuration`.
public final class ConfigurationHandler {
  private static final String IMMUTABLE = "public, max-age=31536000, immutable";

  private final ConfigurationStore store;
  private final ConfigurationDecoder decoder;
  private final IdRule rule;
  private final Dialect dialect;

  public ConfigurationHandler(
      ConfigurationStore store, ConfigurationDecoder decoder, IdRule rule, Dialect dialect) {
    this.store = store;
    this.decoder = decoder;
    this.rule = rule;
    this.dialect = dialect;
  }

  /// Stores the posted configuration and answers its id; a repeated request gets the same answer.
  /// The handler also stores the ids and texts that older generations of the reference give the
  /// configuration, so that machines installed from their assets keep their ids.
  public Answer create(Request request, Map<String, String> segments) throws IOException {
    try {
      Configuration configuration = decoder.decode(request.body().bytes());
      CanonicalForms forms = CanonicalForms.of(configuration, rule, dialect);
      String document = request.body().text();
      if (!Stream.concat(forms.all().stream().map(CanonicalForms.Form::text), Stream.of(document))
          .allMatch(ConfigurationStore::fits)) {
        return Problem.of(413, "the configuration is too long to be stored");
      }
      for (CanonicalForms.Form form : forms.all()) {
        store.put(form, configuration, document);
      }
      return created(forms.primary());
    } catch (InvalidConfigurationException e) {
      return switch (e.kind()) {
        case MALFORMED -> Problem.of(400, e.line());
        case TOO_LARGE -> Problem.of(413, e.line());
      };
    }
  }

  /// The stored canonical text, byte for byte, so that its hash is the id; as JSON where `Accept`
  /// starts with `application/json`.
  public Answer find(Request request, Map<String, String> segments) throws IOException {
    String text = Optional.ofNullable(segments.get("id")).orElseThrow();
    Optional<ConfigurationId> id = ConfigurationId.parse(text);
    if (id.isEmpty()) {
      return notFound();
    }
    return request.header("accept").orElse("").startsWith("application/json")
        ? asJson(request, id.get())
        : asText(request, id.get());
  }

  private Answer asText(Request request, ConfigurationId id) throws IOException {
    Optional<String> text = store.find(id);
    return text.isEmpty()
        ? notFound()
        : found(request, Response.of(200, "application/yaml", text.get()), id.hex());
  }

  private Answer asJson(Request request, ConfigurationId id) throws IOException {
    Optional<NamedConfiguration> named = store.read(id);
    return named.isEmpty()
        ? notFound()
        : found(
            request,
            Response.of(200, Response.JSON, ConfigurationJson.write(named.get().configuration())),
            id.hex() + "-json");
  }

  private static Answer found(Request request, Response response, String tag) {
    return Conditional.answer(
        request,
        response.with("cache-control", IMMUTABLE).with("vary", "Accept, Origin"),
        "\"" + tag + "\"");
  }

  private static Problem notFound() {
    return Problem.notFound("schematic not found");
  }

  private static Response created(CanonicalForms.Form form) {
    String body =
        JsonText.object().put("id", form.id().hex()).put("schematic", form.text()).toString();
    return Response.of(201, Response.JSON, body + "\n")
        .with("location", "/schematics/" + form.id().hex())
        .with("cache-control", "no-store");
  }
}
