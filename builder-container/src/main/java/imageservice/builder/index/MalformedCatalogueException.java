package imageservice.builder.index;

/// A catalogue that is not what it should be; names the file, the line where there is one, and why.
final class MalformedCatalogueException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedCatalogueException(String file, String reason) {
    super(file + ": " + reason);
  }

  MalformedCatalogueException(String file, int line, String reason) {
    this(file + ", line " + line, reason);
  }
}
