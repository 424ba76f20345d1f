package imageservice.ledger;

/// A table's item: a text under a key, and how often it was written.
///
/// @param revision 1 when created, one more with each change
public record Item(String key, long revision, String text) {}
