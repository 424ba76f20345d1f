package imageservice.builder.cache;

import com.fasterxml.jackson.jr.ob.JSON;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The sidecar of a cached blob. CRCs are unsigned hex.
final class ChecksumsJson {
  private ChecksumsJson() {}

  static byte[] encode(Checksums checksums) throws IOException {
    List<Map<String, Object>> pieces = new ArrayList<>();
    for (Checksums.Piece piece : checksums.pieces()) {
      pieces.add(crcs(piece.crc32(), piece.crc64()));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("length", checksums.length());
    document.putAll(crcs(checksums.crc32(), checksums.crc64()));
    document.put("pieces", pieces);
    document.put("blocks", checksums.blocks().toString());
    return JSON.std.asBytes(document);
  }

  static Checksums decode(Digest digest, byte[] json) throws MalformedJsonException {
    JsonFields document = JsonFields.parse(json);
    List<Checksums.Piece> pieces = new ArrayList<>();
    for (JsonFields piece : document.objects("pieces")) {
      pieces.add(new Checksums.Piece(hex(piece, "crc32"), hex(piece, "crc64")));
    }
    long length = document.number("length");
    long crc32 = hex(document, "crc32");
    long crc64 = hex(document, "crc64");
    String blocks = document.text("blocks");
    try {
      return new Checksums(digest, length, crc32, crc64, pieces, BlockChecks.parse(blocks));
    } catch (IllegalArgumentException e) {
      throw new MalformedJsonException(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> crcs(long crc32, long crc64) {
    Map<String, Object> crcs = new LinkedHashMap<>();
    crcs.put("crc32", "%08x".formatted(crc32));
    crcs.put("crc64", "%016x".formatted(crc64));
    return crcs;
  }

  private static long hex(JsonFields fields, String name) throws MalformedJsonException {
    String text = fields.text(name);
    if (!text.matches("[0-9a-f]{8,16}")) {
      throw new MalformedJsonException(name + " is not a CRC: " + text);
    }
    return Long.parseUnsignedLong(text, 16);
  }
}
