package imageservice.asset;

import imageservice.release.Digest;

/// Where content lies in object storage that assets refer to by its digest: `content/<64 hex
/// digits>`. It belongs to no asset and no generation.
public record ContentAddress(Digest digest) {
  private static final String FOLDER = "content/";

  @Override
  public String toString() {
    return FOLDER + digest.hex();
  }
}
