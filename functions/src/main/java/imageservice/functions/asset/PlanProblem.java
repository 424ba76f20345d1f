package imageservice.functions.asset;

import imageservice.functions.http.Problem;
import imageservice.functions.release.ReleaseReadiness;
import imageservice.plan.PlanOutcome;
import java.io.IOException;

/// The answer to a request for an asset that the planner refused.
public final class PlanProblem {
  private final ReleaseReadiness readiness;

  public PlanProblem(ReleaseReadiness readiness) {
    this.readiness = readiness;
  }

  public Problem of(PlanOutcome.Refused refused) throws IOException {
    Problem problem =
        switch (refused.reason()) {
          case UNSUPPORTED -> Problem.of(400, refused.message());
          case NO_SUCH_CONFIGURATION, NO_SUCH_VERSION -> Problem.notFound(refused.message());
          case NOT_INDEXED -> readiness.notReady();
          case NOT_SET_UP -> Problem.of(503, refused.message());
        };
    return problem.advising(refused.advice());
  }
}
