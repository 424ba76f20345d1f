package imageservice.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.ledger.PlanStore;
import imageservice.ledger.PlanStoreContract;
import imageservice.ledger.S3PlanStore;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// The contract, against the laptop's folder of objects.
final class S3PlanStoreTest extends PlanStoreContract {
  @TempDir private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // before each test
  private ObjectStore objects;

  @SuppressWarnings("NullAway.Init") // before each test
  private S3Client s3;

  @BeforeEach
  void start() throws CommandException {
    objects = ObjectStore.open(folder, new Credentials("user", "secret"));
    s3 = objects.client();
  }

  @AfterEach
  void stop() {
    s3.close();
    objects.close();
  }

  @Override
  protected PlanStore store() {
    return new S3PlanStore(() -> s3, ObjectStore.BUCKET);
  }

  @Test
  void refusesAPlanThatIsNotTheOneOfItsKey() throws IOException {
    BuildPlan plan = new BuildPlan.Cmdline("a");
    store().put(plan);
    String path = "plans/" + AssetKey.of(plan) + ".json";
    s3.putObject(
        put -> put.bucket(ObjectStore.BUCKET).key(path), RequestBody.fromString("{\"a\":1}"));
    assertThatThrownBy(() -> store().find(AssetKey.of(plan)))
        .isInstanceOf(IOException.class)
        .hasMessage("the plan " + path + " is not the one of its key");
  }

  @Test
  void aStoreThatIsAwayIsAFailure() throws IOException {
    Files.delete(folder.resolve(ObjectStore.BUCKET));
    assertThatThrownBy(() -> store().put(new BuildPlan.Cmdline("a")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the store of plans: ");
  }
}
