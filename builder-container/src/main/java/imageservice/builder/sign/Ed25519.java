package imageservice.builder.sign;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/// The public key of a private one, which the JDK does not tell: RFC 8032, 5.1.5. Used once, when a
/// key is read; not in constant time.
final class Ed25519 {
  private static final int LENGTH = 32;
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger D =
      BigInteger.valueOf(-121_665).multiply(inverse(BigInteger.valueOf(121_666))).mod(P);

  /// The base point, RFC 8032, 5.1.
  private static final Point BASE =
      new Point(
          new BigInteger(
              "15112221349535400772501151409588531511454012693041857206046113283949847762202"),
          BigInteger.valueOf(4).multiply(inverse(BigInteger.valueOf(5))).mod(P));

  private static final Point NEUTRAL = new Point(BigInteger.ZERO, BigInteger.ONE);

  private Ed25519() {}

  static PublicKey publicOf(EdECPrivateKey key) throws GeneralSecurityException {
    byte[] secret = key.getBytes().orElseThrow(() -> new InvalidKeyException("without its bytes"));
    if (!key.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
      throw new InvalidKeyException("of another curve: " + key.getParams().getName());
    }
    Point point = BASE.times(scalar(MessageDigest.getInstance("SHA-512").digest(secret)));
    return KeyFactory.getInstance("EdDSA")
        .generatePublic(
            new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, new EdECPoint(point.x.testBit(0), point.y)));
  }

  /// The first half of the hash with some of its bits set or cleared, the lowest byte first.
  private static BigInteger scalar(byte[] hash) {
    byte[] bytes = Arrays.copyOf(hash, LENGTH);
    bytes[0] &= (byte) 0xF8;
    bytes[LENGTH - 1] = (byte) ((bytes[LENGTH - 1] & 0x7F) | 0x40);
    byte[] highestFirst = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      highestFirst[i] = bytes[LENGTH - 1 - i];
    }
    return new BigInteger(1, highestFirst);
  }

  private static BigInteger inverse(BigInteger value) {
    return value.modPow(P.subtract(BigInteger.TWO), P);
  }

  private record Point(BigInteger x, BigInteger y) {
    Point times(BigInteger scalar) {
      Point sum = NEUTRAL;
      for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
        sum = sum.plus(sum);
        sum = scalar.testBit(bit) ? sum.plus(this) : sum;
      }
      return sum;
    }

    /// RFC 8032, 5.1.4, in affine coordinates.
    Point plus(Point other) {
      BigInteger crossed = x.multiply(other.y).add(other.x.multiply(y));
      BigInteger straight = y.multiply(other.y).add(x.multiply(other.x));
      BigInteger product =
          D.multiply(x).multiply(other.x).mod(P).multiply(y).multiply(other.y).mod(P);
      return new Point(
          crossed.multiply(inverse(BigInteger.ONE.add(product).mod(P))).mod(P),
          straight.multiply(inverse(BigInteger.ONE.subtract(product).mod(P))).mod(P));
    }
  }
}
