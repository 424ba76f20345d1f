package imageservice.formats.modules;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The order in which kmod's hash tables give back their keys: by bucket, within a bucket by the
/// bytes of the keys. The bucket is Paul Hsieh's hash of the key modulo the number of buckets, a
/// power of two.
final class HashOrder {
  private HashOrder() {}

  private record BucketKey(int bucket, String key) {}

  /// @param keys in ASCII
  static List<String> sorted(Collection<String> keys, int buckets) {
    return keys.stream()
        .map(key -> new BucketKey(hash(key) & (buckets - 1), key))
        .sorted(Comparator.comparingInt(BucketKey::bucket).thenComparing(BucketKey::key))
        .map(BucketKey::key)
        .toList();
  }

  /// The hash in 32 bits: all arithmetic wraps, all shifts are unsigned.
  static int hash(String key) {
    int length = key.length();
    int hash = length;
    int at = 0;
    for (; at + 4 <= length; at += 4) {
      hash += pair(key, at);
      hash = hash << 16 ^ (pair(key, at + 2) << 11 ^ hash);
      hash += hash >>> 11;
    }
    return avalanche(rest(key, at, hash));
  }

  private static int rest(String key, int at, int hash) {
    return switch (key.length() - at) {
      case 3 -> {
        int mixed = hash + pair(key, at);
        mixed ^= mixed << 16;
        mixed ^= key.charAt(at + 2) << 18;
        yield mixed + (mixed >>> 11);
      }
      case 2 -> {
        int mixed = hash + pair(key, at);
        mixed ^= mixed << 11;
        yield mixed + (mixed >>> 17);
      }
      case 1 -> {
        int mixed = hash + key.charAt(at);
        mixed ^= mixed << 10;
        yield mixed + (mixed >>> 1);
      }
      default -> hash;
    };
  }

  private static int avalanche(int hash) {
    int mixed = hash;
    mixed ^= mixed << 3;
    mixed += mixed >>> 5;
    mixed ^= mixed << 4;
    mixed += mixed >>> 17;
    mixed ^= mixed << 25;
    return mixed + (mixed >>> 6);
  }

  private static int pair(String key, int at) {
    return key.charAt(at) | key.charAt(at + 1) << 8;
  }
}
