package imageservice.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import imageservice.ledger.Item;
import java.util.zip.CRC32C;

/// An item as the file of tables holds it: `REVISION#CHECKSUM TEXT`. The checksum (CRC-32C in hex,
/// over key, revision and text) is there because MVStore has none over values. Version 0.1.0 wrote
/// `REVISION TEXT`; such items are read unchecked.
final class StoredItem {
  private static final char END = ' ';
  private static final char CHECKED = '#';

  private StoredItem() {}

  static String value(Item item) {
    return Long.toString(item.revision()) + CHECKED + checksum(item) + END + item.text();
  }

  /// @throws IllegalStateException where the value is not what was stored under the key
  static Item item(String key, String value) {
    int end = value.indexOf(END);
    int mark = value.lastIndexOf(CHECKED, end);
    int revisionEnd = mark < 0 ? end : mark;
    Item item = new Item(key, revision(value, revisionEnd), value.substring(end + 1));
    if (mark >= 0 && !checksum(item).equals(value.substring(mark + 1, end))) {
      throw damaged();
    }
    return item;
  }

  private static long revision(String value, int end) {
    try {
      return Long.parseLong(value, 0, Math.max(0, end), 10);
    } catch (NumberFormatException e) {
      throw damaged();
    }
  }

  private static IllegalStateException damaged() {
    return new IllegalStateException("an item is damaged");
  }

  private static String checksum(Item item) {
    CRC32C checksum = new CRC32C();
    checksum.update(
        (item.key() + CHECKED + item.revision() + CHECKED + item.text()).getBytes(UTF_8));
    return "%08x".formatted(checksum.getValue());
  }
}
