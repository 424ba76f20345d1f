package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imageservice.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;

/// Plans and locks come out of files that people bring: whatever a file holds, only {@link
/// MalformedJsonException} escapes, and what is read is written as it was.
final class PlanFuzzTest {
  @FuzzTest
  void onlyMalformedJsonEscapesFromPlans(byte[] json) {
    try {
      BuildPlan plan = BuildPlanJson.read(new String(json, StandardCharsets.UTF_8));
      assertThat(BuildPlanJson.read(BuildPlanJson.write(plan))).isEqualTo(plan);
    } catch (MalformedJsonException expected) {
      // The one answer to bytes that are no plan.
    }
  }

  @FuzzTest
  void onlyMalformedJsonEscapesFromLocks(byte[] json) {
    try {
      Lock lock = LockJson.read(new String(json, StandardCharsets.UTF_8));
      assertThat(LockJson.read(LockJson.write(lock))).isEqualTo(lock);
    } catch (MalformedJsonException expected) {
      // The one answer to bytes that are no lock.
    }
  }
}
