package imageservice.functions.asset;

import imageservice.asset.StoreAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpMethod;

/// Presigned links to assets in an S3 bucket, valid for some time. S3 answers HEAD with 403 where
/// the link was signed for GET, so each method has its own link.
public final class S3AssetLinks implements AssetLinks {
  /// `unreserved` of RFC 3986, 2.3; RFC 8187, 3.2.1 allows all of them unencoded in `filename*`.
  private static final String ATTRIBUTE_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /// How long a link is valid where nobody says otherwise.
  public static final Duration STANDARD_VALIDITY = Duration.ofHours(1);

  static final String DISPOSITION = "response-content-disposition";

  private final S3LinkSigner signer;
  private final S3Objects objects;
  private final Duration validity;

  /// Links of the standard validity.
  public S3AssetLinks(S3LinkSigner signer, S3Objects objects) {
    this(signer, objects, STANDARD_VALIDITY);
  }

  public S3AssetLinks(S3LinkSigner signer, S3Objects objects, Duration validity) {
    this.signer = signer;
    this.objects = objects;
    this.validity = validity;
  }

  @Override
  public String presign(StoreAddress address, Method method, Optional<String> fileName) {
    SdkHttpMethod signed =
        switch (method) {
          case GET -> SdkHttpMethod.GET;
          case HEAD -> SdkHttpMethod.HEAD;
        };
    Map<String, String> parameters =
        fileName.map(name -> Map.of(DISPOSITION, disposition(name))).orElseGet(Map::of);
    return signer.sign(signed, address.toString(), parameters, validity).getUri().toString();
  }

  @Override
  public Optional<Found> find(StoreAddress address) throws IOException {
    return objects.find(address.toString());
  }

  @Override
  public Optional<byte[]> read(StoreAddress address, int most) throws IOException {
    return objects.read(address.toString(), most);
  }

  /// `Content-Disposition` (RFC 6266, 4.3): `filename` in ASCII, and `filename*` in UTF-8 where the
  /// two differ.
  static String disposition(String fileName) {
    StringBuilder plain = new StringBuilder();
    StringBuilder encoded = new StringBuilder();
    for (byte b : fileName.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean isAscii = c >= ' ' && c < 0x7F && c != '"' && c != '\\';
      plain.append(isAscii ? c : '_');
      encoded.append(ATTRIBUTE_CHARACTERS.indexOf(c) >= 0 ? c : "%%%02X".formatted((int) c));
    }
    String quoted = "attachment; filename=\"" + plain + "\"";
    return plain.toString().equals(fileName) ? quoted : quoted + "; filename*=UTF-8''" + encoded;
  }
}
