package imageservice.formats;

import java.io.IOException;

/// Bytes that are not what their format demands: which format and field, at which byte, and why.
public final class MalformedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String format;
  private final String field;
  private final long offset;

  /// Names the field at fault.
  ///
  /// @param offset of the field in bytes from the start of the content that was read
  public MalformedException(String format, String field, long offset, String reason) {
    super("%s: %s at byte %d: %s".formatted(format, field, offset, reason));
    this.format = format;
    this.field = field;
    this.offset = offset;
  }

  public String format() {
    return format;
  }

  public String field() {
    return field;
  }

  public long offset() {
    return offset;
  }
}
