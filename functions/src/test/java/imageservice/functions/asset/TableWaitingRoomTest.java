package imageservice.functions.asset;

import imageservice.ledger.ItemTable;
import imageservice.ledger.MemoryItemTable;

final class TableWaitingRoomTest extends TableWaitingRoomContract {
  @Override
  ItemTable emptyTable() {
    return new MemoryItemTable();
  }
}
