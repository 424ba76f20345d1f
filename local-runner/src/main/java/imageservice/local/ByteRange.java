package imageservice.local;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of an object that a request's `Range` asks for (RFC 9110, 14.2). As S3 does, it leaves
/// a header aside that is malformed, has another unit or names several ranges, and answers with the
/// whole object.
final class ByteRange {
  /// A range or a suffix; blanks are allowed around it (RFC 9110, 5.6.1).
  private static final Pattern HEADER =
      Pattern.compile("(?i:bytes)=[ \t]*(?<first>[0-9]*)-(?<last>[0-9]*)[ \t]*");

  private ByteRange() {}

  /// What the header comes to.
  sealed interface Wanted {}

  /// All of the object.
  record Whole() implements Wanted {}

  /// The bytes from the first to the last, both included.
  record Part(long first, long last) implements Wanted {
    long length() {
      return last - first + 1;
    }
  }

  /// A range without a byte of the object: 416.
  record Unsatisfiable() implements Wanted {}

  /// @param size of the object in bytes
  static Wanted of(String header, long size) {
    Matcher matcher = HEADER.matcher(header.strip());
    if (!matcher.matches()) {
      return new Whole();
    }
    String first = matcher.group("first");
    String last = matcher.group("last");
    if (first.isEmpty()) {
      return last.isEmpty() ? new Whole() : suffix(number(last), size);
    }
    return part(number(first), last.isEmpty() ? Long.MAX_VALUE : number(last), size);
  }

  private static Wanted part(long first, long last, long size) {
    if (last < first) {
      return new Whole();
    }
    return first >= size ? new Unsatisfiable() : new Part(first, Math.min(last, size - 1));
  }

  private static Wanted suffix(long length, long size) {
    return length == 0 || size == 0
        ? new Unsatisfiable()
        : new Part(Math.max(0, size - length), size - 1);
  }

  /// Numbers beyond `long` are beyond every object as well.
  private static long number(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > 18 ? Long.MAX_VALUE : Long.parseLong(significant);
  }
}
