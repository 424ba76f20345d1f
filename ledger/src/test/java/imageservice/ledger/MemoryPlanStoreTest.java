package imageservice.ledger;

final class MemoryPlanStoreTest extends PlanStoreContract {
  private static final MemoryPlanStore STORE = new MemoryPlanStore();

  @Override
  protected PlanStore store() {
    return STORE;
  }
}
