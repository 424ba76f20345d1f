package imageservice.functions;

import imageservice.asset.AssetAddress;
import imageservice.asset.ContentAddress;
import imageservice.functions.asset.AssetLinks;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A store that has every object, but for those that are gone.
public final class TestStore implements AssetLinks {
  private static final Instant MODIFIED = Instant.parse("2026-07-01T02:03:04Z");

  /// File names of assets, and content addresses.
  public final Set<String> gone = new HashSet<>();

  /// By file name, of assets that have another size than {@link TestService#PRODUCT}.
  public final Map<String, Long> sizes = new HashMap<>();

  public long contentSize = 7;

  @Override
  public String presign(AssetAddress address, Method method, Optional<String> fileName) {
    return "https://bucket.example/"
        + address
        + "?method="
        + method
        + fileName.map(name -> "&name=" + name).orElse("");
  }

  @Override
  public String presignPlain(AssetAddress address, Method method, Optional<String> fileName) {
    return presign(address, method, fileName).replace("https:", "http:");
  }

  @Override
  public Optional<Found> find(AssetAddress address) {
    String fileName = address.asset().fileName();
    return gone.contains(fileName)
        ? Optional.empty()
        : Optional.of(
            new Found(
                sizes.getOrDefault(fileName, TestService.PRODUCT.asset().size()),
                "\"tag\"",
                MODIFIED,
                "application/x-test"));
  }

  @Override
  public OptionalLong size(ContentAddress address) {
    return gone.contains(address.toString()) ? OptionalLong.empty() : OptionalLong.of(contentSize);
  }
}
