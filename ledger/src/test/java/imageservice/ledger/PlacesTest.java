package imageservice.ledger;

final class PlacesTest extends PlacesContract {
  @Override
  ItemTable emptyTable() {
    return new MemoryItemTable();
  }
}
