package imageservice.infra.preflight;

/// What is known of something that was asked for.
public sealed interface Fact<T> {
  /// It is there.
  record Known<T>(T value) implements Fact<T> {}

  /// It is not there.
  record Absent<T>() implements Fact<T> {}

  /// Nobody could say.
  ///
  /// @param why in one line
  record Unreadable<T>(String why) implements Fact<T> {}
}
