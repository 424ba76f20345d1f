package imageservice.local;

import imageservice.asset.StoreAddress;
import imageservice.functions.asset.AssetLinks;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// Links to objects below the service's own address. S3's presigner signs them for a host that
/// nobody has, as only this service checks them: so a link is good under whichever name a client or
/// a proxy reaches the service, and outlives a restart on another port.
final class ObjectLinks implements AssetLinks {
  /// The bucket's path: links keep S3's path style.
  static final String PATH = "/" + ObjectStore.BUCKET + "/";

  /// The host that links are signed for (RFC 2606, 2 keeps its domain free). S3's signers leave the
  /// body out of signatures only of HTTPS.
  static final URI SIGNED_HOST = URI.create("https://objects.invalid");

  private final AssetLinks signed;
  private final String address;

  /// @param signed makes links for the signed host
  /// @param address under which clients reach the service, with a final slash
  ObjectLinks(AssetLinks signed, String address) {
    this.signed = signed;
    this.address = address;
  }

  @Override
  public String presign(StoreAddress object, Method method, Optional<String> fileName) {
    String link = signed.presign(object, method, fileName);
    return address + link.substring(SIGNED_HOST.toString().length() + 1);
  }

  @Override
  public Optional<Found> find(StoreAddress object) throws IOException {
    return signed.find(object);
  }

  @Override
  public Optional<byte[]> read(StoreAddress object, int most) throws IOException {
    return signed.read(object, most);
  }
}
