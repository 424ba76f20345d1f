package imageservice.builder;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Lambda function that keeps the index of releases and their documents up to date. The event
/// `{"version":"v1.9.5"}` asks for that release's document; every other event comes from the
/// schedule and asks for a run over the source. Where the source does not answer, the function
/// throws, and the index stays as it was.
public final class IndexFunction implements RequestStreamHandler {
  private static final String VERSION = "version";

  private final ReleaseIndexing indexing;

  public IndexFunction() throws IOException {
    this(BuilderAwsWiring.fromEnvironment().indexing());
  }

  IndexFunction(ReleaseIndexing indexing) {
    this.indexing = indexing;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    Optional<TalosVersion> version =
        version(new String(input.readAllBytes(), StandardCharsets.UTF_8));
    if (version.isPresent()) {
      indexing.document(version.get());
    } else {
      indexing.run();
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
