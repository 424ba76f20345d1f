package imageservice.builder;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Lambda function that keeps the index of releases and their documents up to date. The event
/// `{"version":"v1.9.5"}` asks for that release's document; every other event comes from the
/// schedule and asks for a run over the source. Where the source does not answer, or the function
/// could not be set up, it writes so into the table and throws, and the index stays as it was.
public final class IndexFunction implements RequestStreamHandler {
  private static final String VERSION = "version";

  private final Setup<ReleaseIndexing> indexing;
  private final Setup<ReleaseLedger> releases;
  private final InstantSource clock;
  private final IndexLog log;

  public IndexFunction() {
    this(BuilderAwsWiring.fromEnvironment());
  }

  private IndexFunction(BuilderAwsWiring wiring) {
    this(wiring::indexing, wiring::releases, InstantSource.system(), wiring.indexLog());
  }

  IndexFunction(
      Setup.Attempt<ReleaseIndexing> indexing,
      Setup.Attempt<ReleaseLedger> releases,
      InstantSource clock,
      IndexLog log) {
    this.indexing = Setup.begin(indexing);
    this.releases = Setup.begin(releases);
    this.clock = clock;
    this.log = log;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    Optional<TalosVersion> version =
        version(new String(input.readAllBytes(), StandardCharsets.UTF_8));
    ReleaseIndexing ready = indexing(version);
    if (version.isPresent()) {
      ready.document(version.get());
    } else {
      ready.run();
    }
  }

  private ReleaseIndexing indexing(Optional<TalosVersion> version) throws IOException {
    try {
      return indexing.get();
    } catch (SetupException e) {
      log.unable(e);
      String message = String.valueOf(e.getMessage());
      if (version.isPresent()) {
        releases.get().failIndexing(version.get(), message, clock.instant());
      } else {
        releases.get().fail(message);
      }
      throw e;
    }
  }

  /// The version that an event asks for. The schedule's events have a `version` as well, that of
  /// the event format, but other fields beside it.
  private static Optional<TalosVersion> version(String event) {
    try {
      JsonFields fields = JsonFields.parse(event);
      if (!fields.names().equals(List.of(VERSION))) {
        return Optional.empty();
      }
      String text = fields.text(VERSION);
      return Optional.of(
          TalosVersion.parse(text)
              .orElseThrow(() -> new IllegalArgumentException("not a Talos version: " + text)));
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException("not an event: " + e.getMessage(), e);
    }
  }
}
