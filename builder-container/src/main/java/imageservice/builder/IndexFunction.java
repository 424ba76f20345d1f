package imageservice.builder;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.builder.index.ReleaseIndexer;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Lambda function that looks for new releases, on a schedule. Its event says nothing. Where
/// the source does not answer it throws, and the index stays what it was.
public final class IndexFunction implements RequestStreamHandler {
  private final ReleaseIndexer indexer;
  private final ReleaseLedger releases;
  private final Optional<Digest> grubKit;

  public IndexFunction() throws IOException {
    this(BuilderAwsWiring.fromEnvironment());
  }

  private IndexFunction(BuilderAwsWiring wiring) throws IOException {
    this(wiring.indexer(), wiring.releases(), wiring.grubKit());
  }

  IndexFunction(ReleaseIndexer indexer, ReleaseLedger releases, Optional<Digest> grubKit) {
    this.indexer = indexer;
    this.releases = releases;
    this.grubKit = grubKit;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    releases.write(indexer.index(releases.read(), grubKit));
  }
}
