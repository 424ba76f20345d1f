package imageservice.ledger;

import java.io.IOException;
import java.time.Instant;
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

  /// For an item that no table removes.
  Instant NEVER = Instant.MAX;

  Optional<Item> find(String key) throws IOException;

  /// The items of these keys, by key; a key without an item is not in the map.
  ///
  /// @param keys at most {@link #MOST_KEYS}
  Map<String, Item> findAll(Set<String> keys) throws IOException;

  /// Creates an item of revision 1 unless the key has one; returns whether it did.
  ///
  /// @param expires from this time on the table may remove the item; {@link #NEVER} for one that
  ///   stays
  boolean create(String key, String text, Instant expires) throws IOException;

  /// Changes the item's text if its revision is still the expected one; returns whether it did.
  ///
  /// @param expires as in {@link #create(String, String, Instant)}
  boolean replace(Item expected, String text, Instant expires) throws IOException;

  /// Raises the revision of the item under a key by one and returns it: 1 where there was none. Of
  /// concurrent callers each gets a number of its own.
  long count(String key) throws IOException;

  /// Removes the item if its revision is still the expected one; returns whether it did.
  boolean remove(Item expected) throws IOException;

  /// Creates an item that stays.
  default boolean create(String key, String text) throws IOException {
    return create(key, text, NEVER);
  }

  /// Changes the text of an item that stays.
  default boolean replace(Item expected, String text) throws IOException {
    return replace(expected, text, NEVER);
  }
}
