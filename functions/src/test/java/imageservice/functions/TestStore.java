package imageservice.functions;

import imageservice.asset.AssetAddress;
import imageservice.asset.AttachmentAddress;
import imageservice.asset.ContentAddress;
import imageservice.asset.StoreAddress;
import imageservice.functions.asset.AssetLinks;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A store that has every object, but for those that are gone.
public final class TestStore implements AssetLinks {
  private static final Instant MODIFIED = Instant.parse("2026-07-01T02:03:04Z");

  /// File names of assets, and content addresses.
  public final Set<String> gone = new HashSet<>();

  /// By file name, of assets that have another size than {@link TestService#PRODUCT}.
  public final Map<String, Long> sizes = new HashMap<>();

  public long contentSize = 7;

  public String mediaType = "application/x-test";

  /// Bytes of small objects, by key.
  public final Map<String, byte[]> contents = new HashMap<>();

  @Override
  public String presign(StoreAddress address, Method method, Optional<String> fileName) {
    return "https://bucket.example/"
        + address
        + "?method="
        + method
        + fileName.map(name -> "&name=" + name).orElse("");
  }

  @Override
  public String presignPlain(StoreAddress address, Method method, Optional<String> fileName) {
    return presign(address, method, fileName).replace("https:", "http:");
  }

  @Override
  public Optional<Found> find(StoreAddress address) {
    return switch (address) {
      case AssetAddress asset ->
          find(
              asset.asset().fileName(),
              sizes.getOrDefault(asset.asset().fileName(), TestService.PRODUCT.asset().size()));
      case ContentAddress content -> find(content.toString(), contentSize);
      case AttachmentAddress attachment -> attached(attachment);
    };
  }

  /// Only those that were put here.
  private Optional<Found> attached(AttachmentAddress address) {
    return Optional.ofNullable(contents.get(address.toString()))
        .map(bytes -> new Found(bytes.length, "\"tag\"", MODIFIED, mediaType));
  }

  private Optional<Found> find(String name, long size) {
    return gone.contains(name)
        ? Optional.empty()
        : Optional.of(new Found(size, "\"tag\"", MODIFIED, mediaType));
  }

  @Override
  public Optional<byte[]> read(StoreAddress address, int most) {
    return Optional.ofNullable(contents.get(address.toString()));
  }
}
