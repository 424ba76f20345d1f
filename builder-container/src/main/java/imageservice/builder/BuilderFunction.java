package imageservice.builder;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.json.MalformedJsonException;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The Lambda function that builds. It reads one order and answers nothing, as it is invoked
/// asynchronously; the outcome is written into the build's record, also where the builder could not
/// be set up. Lambda sends the order of a failed invocation to the dead-letter queue, which raises
/// an alarm.
public final class BuilderFunction implements RequestStreamHandler {
  private final Setup<Builder> builder;
  private final Setup<BuildLedger> ledger;
  private final InstantSource clock;
  private final BuildLog log;

  public BuilderFunction() {
    this(BuilderAwsWiring.fromEnvironment());
  }

  private BuilderFunction(BuilderAwsWiring wiring) {
    this(wiring::builder, wiring::ledger, InstantSource.system(), wiring.buildLog());
  }

  BuilderFunction(
      Setup.Attempt<Builder> builder,
      Setup.Attempt<BuildLedger> ledger,
      InstantSource clock,
      BuildLog log) {
    this.builder = Setup.begin(builder);
    this.ledger = Setup.begin(ledger);
    this.clock = clock;
    this.log = log;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    BuildOrder order = order(new String(input.readAllBytes(), StandardCharsets.UTF_8));
    builder(order).build(order);
  }

  private Builder builder(BuildOrder order) throws IOException {
    try {
      return builder.get();
    } catch (SetupException e) {
      log.unable(e);
      ledger
          .get()
          .fail(
              order.address(),
              order.fence(),
              FailureKind.DEFECT,
              String.valueOf(e.getMessage()),
              clock.instant());
      throw e;
    }
  }

  private static BuildOrder order(String json) {
    try {
      return BuildOrder.parse(json);
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException("not a build order: " + e.getMessage(), e);
    }
  }
}
