package imageservice.functions.asset;

import imageservice.ledger.BuildBudget;
import imageservice.ledger.BuildOrder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Orders builds up to a number a day: what strangers can make an operator pay has an end.
public final class BudgetedBuilderInvocation implements BuilderInvocation {
  private final BuilderInvocation builder;
  private final BuildBudget budget;
  private final InstantSource clock;

  public BudgetedBuilderInvocation(
      BuilderInvocation builder, BuildBudget budget, InstantSource clock) {
    this.builder = builder;
    this.budget = budget;
    this.clock = clock;
  }

  @Override
  public void start(BuildOrder order) throws IOException {
    Instant now = clock.instant();
    Optional<Instant> until = budget.usedUpUntil(now);
    if (until.isPresent()) {
      throw new BusyException(
          "all %d builds of this day are used up: new ones are built from %s on; what was built"
                  .formatted(budget.perDay(), until.get())
              + " before is served as ever",
          Duration.between(now, until.get()));
    }
    builder.start(order);
    count(now);
  }

  private void count(Instant now) {
    try {
      budget.count(now);
    } catch (IOException e) {
      // The builder has the order by now: it is carried out, and one more is built that day.
    }
  }

  @Override
  public Duration patience() {
    return builder.patience();
  }
}
