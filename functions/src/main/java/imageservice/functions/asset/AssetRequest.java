package imageservice.functions.asset;

import imageservice.asset.AssetAddress;
import imageservice.functions.http.Acceptance;
import imageservice.functions.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A request for an asset, understood.
///
/// @param requestedName the file name as it was asked for, which may be another spelling of the
///   asset's own
record AssetRequest(Request request, AssetAddress address, String requestedName) {
  /// In UTF-8 bytes, as file systems count.
  private static final int LONGEST_FILE_NAME = 255;

  /// The file name to save under, where it is not the object's own: `?filename=`, or the spelling
  /// that was asked for.
  Optional<String> fileName() {
    String wanted = request.parameter("filename").map(AssetRequest::sanitize).orElse("");
    String fileName = wanted.isEmpty() ? requestedName : wanted;
    return fileName.equals(address.asset().fileName()) ? Optional.empty() : Optional.of(fileName);
  }

  /// Whether the client takes nothing but JSON: then it is told how the asset stands, and never
  /// gets the asset.
  boolean wantsStatus() {
    return Acceptance.isJsonAlone(request);
  }

  /// Whether the client would rather be told that the asset is being built than wait for it (RFC
  /// 7240, 4.1).
  boolean wantsNoWait() {
    return request.header("prefer").orElse("").contains("respond-async");
  }

  boolean isHead() {
    return request.method().equals("HEAD");
  }

  /// The last part of a path, without anything that could end a header or its quotes.
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
