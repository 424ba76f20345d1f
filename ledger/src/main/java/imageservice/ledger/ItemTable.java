package imageservice.ledger;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A table of items that are read and written one at a time, each write under a condition, so that
/// of several writers exactly one succeeds. What one call wrote, every later call sees.
/// Implementations are safe for use by many threads.
///
/// A table that cannot be reached is an {@link IOException}; nothing is retried here.
public interface ItemTable {
  /// The longest text that every implementation takes, in UTF-8 bytes; DynamoDB's items end at 400
  /// KiB.
  int LARGEST_TEXT = 380_000;

  /// Keys that one call may ask for; DynamoDB's `BatchGetItem` takes 100.
  int MOST_KEYS = 100;

  Optional<Item> find(String key) throws IOException;

  /// The items of these keys, at most {@link #MOST_KEYS} of them, in one call; keys without an item
  /// are not in the answer.
  Map<String, Item> findAll(Set<String> keys) throws IOException;

  /// Creates the item where there is none under its key; tells whether it did.
  boolean create(String key, String text) throws IOException;

  /// Changes the item where it is still as `expected`; tells whether it did.
  boolean replace(Item expected, String text) throws IOException;

  /// Removes the item where it is still as `expected`; tells whether it did.
  boolean remove(Item expected) throws IOException;
}
