package imageservice.functions.asset;

import imageservice.asset.AssetAddress;
import imageservice.functions.http.Acceptance;
import imageservice.functions.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A request for an asset, with the address of the asset that it names.
///
/// @param requestedName the asset name as the client spelled it, which may differ from the one
///   spelling under which the asset is stored
public record AssetRequest(Request request, AssetAddress address, String requestedName) {
  /// UTF-8 bytes, the limit of most file systems.
  private static final int LONGEST_FILE_NAME = 255;

  /// The name that the client shall save the file under: `?filename=`, else the requested name;
  /// empty where that is the asset's own.
  Optional<String> fileName() {
    String wanted = request.parameter("filename").map(AssetRequest::sanitize).orElse("");
    String fileName = wanted.isEmpty() ? requestedName : wanted;
    return fileName.equals(address.asset().fileName()) ? Optional.empty() : Optional.of(fileName);
  }

  /// Whether the client accepts nothing but JSON; it then gets the build's status, never the asset.
  boolean wantsStatus() {
    return Acceptance.isJsonAlone(request);
  }

  /// Whether the client prefers a 202 to waiting for the build: `Prefer: respond-async` (RFC 7240,
  /// 4.1).
  boolean wantsNoWait() {
    return request.header("prefer").orElse("").contains("respond-async");
  }

  /// Whether a CDN in front says that the client came by plain HTTP. Without one nobody does.
  boolean isPlainHttp() {
    return request.header("cloudfront-forwarded-proto").orElse("").equals("http");
  }

  boolean isHead() {
    return request.method().equals("HEAD");
  }

  /// The last part of a path without control characters and quotes, which could end the header, at
  /// most {@link #LONGEST_FILE_NAME} bytes long.
  private static String sanitize(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder clean = new StringBuilder();
    int room = LONGEST_FILE_NAME;
    for (int c : last.codePoints().filter(AssetRequest::isPlain).toArray()) {
      String character = Character.toString(c);
      room -= character.getBytes(StandardCharsets.UTF_8).length;
      if (room >= 0) {
        clean.append(character);
      }
    }
    String text = clean.toString().strip();
    return text.equals(".") || text.equals("..") ? "" : text;
  }

  private static boolean isPlain(int c) {
    boolean isSurrogate = c >= 0xD800 && c <= 0xDFFF;
    return !Character.isISOControl(c) && c != '"' && Character.isDefined(c) && !isSurrogate;
  }
}
