package imageservice.builder.trust;

/// Text encodings of certificates and keys (RFC 7468).
final class Pem {
  private Pem() {}

  /// The bytes of a text that is one such block.
  ///
  /// @param label such as `CERTIFICATE`
  static Bytes only(String text, String label) throws UntrustedException {
    String begin = "-----BEGIN " + label + "-----";
    String end = "-----END " + label + "-----";
    String block = text.strip();
    if (!block.startsWith(begin)
        || !block.endsWith(end)
        || block.length() < begin.length() + end.length()) {
      throw new UntrustedException("not one block of PEM, BEGIN " + label);
    }
    String body = block.substring(begin.length(), block.length() - end.length());
    return Bytes.ofBase64(body.replaceAll("[ \\t\\r\\n]", ""), "a block of PEM");
  }
}
