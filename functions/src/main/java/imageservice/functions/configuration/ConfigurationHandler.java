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
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.json.JsonText;
import imageservice.plan.Warnings;
import java.io.IOException;
import java.util.List;
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
    Optional<Problem> refusal = PostedBody.refusal(request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    try {
      return create(decoder.decode(request.body().bytes()));
    } catch (InvalidConfigurationException e) {
      return PostedBody.refusal(e, request);
    }
  }

  private Answer create(Configuration configuration)
      throws InvalidConfigurationException, IOException {
    CanonicalForms forms = CanonicalForms.of(configuration, rule, dialect);
    if (!forms.all().stream().map(NamedConfiguration::text).allMatch(ConfigurationStore::fits)) {
      return Problem.of(413, "the configuration is too long to be stored");
    }
    for (NamedConfiguration named : forms.all()) {
      store.put(named);
    }
    return created(forms.primary(), warnings(configuration, forms));
  }

  /// What of the posted configuration is not as its author may think.
  private static List<String> warnings(Configuration posted, CanonicalForms forms) {
    return Stream.concat(forms.change(posted).stream(), Warnings.of(posted).stream()).toList();
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
        ? asJson(id.get())
        : asText(id.get());
  }

  private Answer asText(ConfigurationId id) throws IOException {
    Optional<String> text = store.find(id);
    return text.isEmpty()
        ? notFound()
        : found(Response.of(200, "application/yaml", text.get()), id.hex());
  }

  private Answer asJson(ConfigurationId id) throws IOException {
    Optional<NamedConfiguration> named = store.read(id);
    return named.isEmpty()
        ? notFound()
        : found(
            Response.of(200, Response.JSON, ConfigurationJson.write(named.get().configuration())),
            id.hex() + "-json");
  }

  private static Answer found(Response response, String tag) {
    return response
        .with("cache-control", IMMUTABLE)
        .with("vary", "Accept, Origin")
        .with("etag", "\"" + tag + "\"");
  }

  private static Problem notFound() {
    return Problem.notFound("schematic not found")
        .advising(
            Optional.of(
                "an id has 64 hex digits, and POST /schematics with the configuration answers it"));
  }

  /// Without warnings, the reference's document byte for byte.
  private static Response created(NamedConfiguration named, List<String> warnings) {
    JsonText body = JsonText.object().put("id", named.id().hex()).put("schematic", named.text());
    return Response.of(
            201, Response.JSON, (warnings.isEmpty() ? body : body.put("warnings", warnings)) + "\n")
        .with("location", "/schematics/" + named.id().hex())
        .with("cache-control", "no-store");
  }
}
