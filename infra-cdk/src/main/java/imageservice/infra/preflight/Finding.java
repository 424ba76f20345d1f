package imageservice.infra.preflight;

/// One line about what is found before anything is built.
public sealed interface Finding {
  String line();

  /// Nothing is begun with it; the line says what to do.
  record Missing(String line) implements Finding {}

  /// Good to know.
  record Note(String line) implements Finding {}
}
