package imageservice.formats.iso9660;

/// System use entries of one directory record: those in the record itself, and those in its
/// continuation area, if it needs one.
final class SystemUse {
  /// Bytes of the CE entry.
  static final int CE_SIZE = 28;

  private final byte[] inline;
  private final byte[] continuation;

  SystemUse(byte[] inline, byte[] continuation) {
    this.inline = inline.clone();
    this.continuation = continuation.clone();
  }

  byte[] inline() {
    return inline.clone();
  }

  byte[] continuation() {
    return continuation.clone();
  }

  boolean continues() {
    return continuation.length > 0;
  }

  /// Bytes in the directory record, with the CE entry that points to the continuation area.
  int length() {
    return inline.length + (continues() ? CE_SIZE : 0);
  }

  /// Bytes in the continuation area.
  int continuationLength() {
    return continuation.length;
  }
}
