package imageservice.ledger;

/// An item of a table: a text under a key.
///
/// @param revision how often the item was written: 1 after its creation
public record Item(String key, long revision, String text) {}
