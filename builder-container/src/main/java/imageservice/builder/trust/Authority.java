package imageservice.builder.trust;

import java.util.List;

/// Who issues certificates or timestamps.
///
/// @param chain the last one is trusted as it is
/// @param valid when it may have issued
record Authority(List<Certificate> chain, Period valid) {
  Authority {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a chain without certificates");
    }
  }
}
