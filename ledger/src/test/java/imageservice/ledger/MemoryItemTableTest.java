package imageservice.ledger;

final class MemoryItemTableTest extends ItemTableContract {
  private final MemoryItemTable table = new MemoryItemTable();

  @Override
  protected ItemTable table() {
    return table;
  }
}
