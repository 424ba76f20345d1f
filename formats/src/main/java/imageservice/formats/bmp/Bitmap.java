package imageservice.formats.bmp;

import imageservice.formats.struct.Alignment;
import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.IntBinaryOperator;

/// A picture of at most 256 colours.
///
/// @param width in pixels, at most {@value #LARGEST}
/// @param palette colours as 0xRRGGBB
/// @param pixels index of the colour at column and row, from the upper left corner
public record Bitmap(int width, int height, List<Integer> palette, IntBinaryOperator pixels) {
  /// Pixels at a side: more than a screen has, little enough to hold.
  public static final int LARGEST = 4096;

  private static final int FILE_HEADER = 14;
  private static final int DIB_HEADER = 40;
  private static final int COLOURS = 256;
  private static final int ROW_ALIGNMENT = 4;

  public Bitmap {
    palette = List.copyOf(palette);
    if (width < 1 || width > LARGEST || height < 1 || height > LARGEST) {
      throw new IllegalArgumentException("a bitmap of %d by %d".formatted(width, height));
    }
    if (palette.isEmpty() || palette.size() > COLOURS) {
      throw new IllegalArgumentException("a palette of " + palette.size() + " colours");
    }
    for (int colour : palette) {
      if (colour >>> 24 != 0) {
        throw new IllegalArgumentException("colour 0x%x".formatted(colour));
      }
    }
  }

  /// The file.
  public byte[] toBytes() {
    int rows = height * (width + Alignment.padding(width, ROW_ALIGNMENT));
    int offset = FILE_HEADER + DIB_HEADER + 4 * COLOURS;
    ByteArrayOutputStream out = new ByteArrayOutputStream(offset + rows);
    out.writeBytes(fileHeader(offset, rows));
    out.writeBytes(dibHeader(rows));
    out.writeBytes(colours());
    for (int y = height - 1; y >= 0; y--) {
      out.writeBytes(row(y));
    }
    return out.toByteArray();
  }

  private static byte[] fileHeader(int offset, int rows) {
    return Struct.littleEndian(FILE_HEADER)
        .ascii("bfType", "BM")
        .u32("bfSize", offset + rows)
        .u16("bfReserved1", 0)
        .u16("bfReserved2", 0)
        .u32("bfOffBits", offset)
        .toBytes();
  }

  private byte[] dibHeader(int rows) {
    return Struct.littleEndian(DIB_HEADER)
        .u32("biSize", DIB_HEADER)
        .u32("biWidth", width)
        .u32("biHeight", height)
        .u16("biPlanes", 1)
        .u16("biBitCount", 8)
        .u32("biCompression", 0)
        .u32("biSizeImage", rows)
        .u32("biXPelsPerMeter", 0)
        .u32("biYPelsPerMeter", 0)
        .u32("biClrUsed", COLOURS)
        .u32("biClrImportant", 0)
        .toBytes();
  }

  private byte[] colours() {
    Struct colours = Struct.littleEndian(4 * COLOURS);
    for (int i = 0; i < COLOURS; i++) {
      colours.u32("bmiColors " + i, i < palette.size() ? palette.get(i) : 0);
    }
    return colours.toBytes();
  }

  private byte[] row(int y) {
    byte[] row = new byte[width + Alignment.padding(width, ROW_ALIGNMENT)];
    for (int x = 0; x < width; x++) {
      int colour = pixels.applyAsInt(x, y);
      if (colour < 0 || colour >= palette.size()) {
        throw new IllegalArgumentException("colour %d at %d, %d".formatted(colour, x, y));
      }
      row[x] = (byte) colour;
    }
    return row;
  }
}
