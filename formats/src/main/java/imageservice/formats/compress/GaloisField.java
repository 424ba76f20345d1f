package imageservice.formats.compress;

/// Polynomials over GF(2) modulo a CRC's polynomial, in the reflected order of CRC-32 and CRC-64:
/// the highest of `width` bits is the coefficient of x^0.
record GaloisField(int width, long polynomial) {
  /// The CRC register `value` after `bytes` more zero bytes, in O(log bytes).
  long shift(long value, long bytes) {
    long power = 1L << (width - 1 - 8); // x^8: one byte
    long result = value;
    for (long rest = bytes; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        result = multiply(power, result);
      }
      power = multiply(power, power);
    }
    return result;
  }

  long multiply(long a, long b) {
    long product = 0;
    long multiple = b;
    for (long bit = 1L << (width - 1); bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= multiple;
      }
      multiple = (multiple >>> 1) ^ ((multiple & 1) == 0 ? 0 : polynomial);
    }
    return product;
  }

  long allOnes() {
    return -1L >>> (64 - width);
  }
}
