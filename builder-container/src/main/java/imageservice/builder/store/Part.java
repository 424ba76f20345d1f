package imageservice.builder.store;

/// A run of an object that one request brings to the store.
sealed interface Part {
  /// Where it begins in the object, in bytes.
  long offset();

  long length();

  /// Sent by the builder.
  record Sent(long offset, long length) implements Part {}

  /// Copied by the store itself.
  ///
  /// @param from the object that has the same bytes
  /// @param fromOffset where they begin there
  record Copied(long offset, long length, Origin from, long fromOffset) implements Part {
    boolean isAllOfItsOrigin() {
      return fromOffset == 0 && length == from.size();
    }
  }
}
