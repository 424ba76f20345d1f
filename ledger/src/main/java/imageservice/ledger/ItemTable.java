package imageservice.ledger;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A table of items. Each write changes one item under a condition, so that of several concurrent
/// writers exactly one succeeds. Every read sees all earlier writes. Implementations are safe for
/// use by many threads.
///
/// A table that cannot be reached is an {@link IOException}; implementations add no retries.
public interface ItemTable {
  /// The longest text that every implementation takes, in UTF-8 bytes; a DynamoDB item has at most
  /// 400 KiB, its key and other attributes included.
  int LARGEST_TEXT = 380_000;

  /// The most keys in one call of {@link #findAll}; DynamoDB's `BatchGetItem` takes 100.
  int MOST_KEYS = 100;

  Optional<Item> find(String key) throws IOException;

  /// The items of these keys, by key; a key without an item is not in the map.
  ///
  /// @param keys at most {@link #MOST_KEYS}
  Map<String, Item> findAll(Set<String> keys) throws IOException;

  /// Creates an item of revision 1 unless the key has one; returns whether it did.
  boolean create(String key, String text) throws IOException;

  /// Changes the item's text if its revision is still the expected one; returns whether it did.
  boolean replace(Item expected, String text) throws IOException;

  /// Removes the item if its revision is still the expected one; returns whether it did.
  boolean remove(Item expected) throws IOException;
}
