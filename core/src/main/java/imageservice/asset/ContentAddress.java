package imageservice.asset;

import imageservice.release.Digest;

/// Where a product's content lies in object storage: `content/<64 hex digits of its SHA-256>`. It
/// belongs to no single asset and no generation, so that assets with the same content share it.
public record ContentAddress(Digest digest) implements StoreAddress {
  private static final String FOLDER = "content/";

  @Override
  public String toString() {
    return FOLDER + digest.hex();
  }
}
