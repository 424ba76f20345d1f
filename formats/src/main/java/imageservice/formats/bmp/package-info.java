/// Writes Windows bitmaps: "Bitmap Storage" of the Windows GDI documentation, BITMAPFILEHEADER and
/// BITMAPINFOHEADER.
///
/// Supported: 256 colours out of a palette, not compressed, bottom-up. That is what systemd-stub
/// shows as a splash, and every reader knows.
@NullMarked
package imageservice.formats.bmp;

import org.jspecify.annotations.NullMarked;
