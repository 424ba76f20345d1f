package imageservice.formats.tar;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import java.nio.charset.StandardCharsets;

/// A tar archive under construction, in POSIX's format, as container images have it. Entries belong
/// to root, were modified in 1970, and have permissions of their own. A name that a header cannot
/// tell has a pax header of its own before it (pax, "pax Extended Header").
public final class PosixArchive {
  private static final long TIME = 0;

  /// What people see whose tar does not know pax headers.
  private static final String EXTENDED_NAME = "PaxHeaders/entry";

  private static final int EXTENDED_MODE = 0644;

  private final Extents.Builder out = Extents.builder();

  /// @param mode permissions, of twelve bits
  public PosixArchive file(String name, int mode, Blob content) {
    header(name, mode, content.length(), TarHeader.REGULAR, "");
    out.add(name, content).alignTo(TarHeader.BLOCK);
    return this;
  }

  /// @param name without a slash at its end
  public PosixArchive folder(String name, int mode) {
    header(name + "/", mode, 0, TarHeader.DIRECTORY, "");
    return this;
  }

  public PosixArchive symlink(String name, int mode, String target) {
    header(name, mode, 0, TarHeader.SYMLINK, target);
    return this;
  }

  /// The archive, with two blocks of zeros at its end.
  public Extents build() {
    return out.zeros(2L * TarHeader.BLOCK).build();
  }

  private void header(String name, int mode, long size, byte type, String link) {
    boolean linkFits = isAscii(link) && link.length() <= TarHeader.NAME;
    int cut = isAscii(name) ? cut(name) : -1;
    if (cut < 0 || !linkFits) {
      extended((cut < 0 ? record("path", name) : "") + (linkFits ? "" : record("linkpath", link)));
    }
    String prefix = cut > 0 ? name.substring(0, cut) : "";
    String rest = cut < 0 ? EXTENDED_NAME : name.substring(cut > 0 ? cut + 1 : 0);
    out.add(new TarHeader(rest, mode, size, TIME, type, linkFits ? link : "").posix(prefix));
  }

  /// Where a name is cut into prefix and rest: 0 where it is not, -1 where no cut fits.
  private static int cut(String name) {
    if (name.length() <= TarHeader.NAME) {
      return 0;
    }
    int cut = name.lastIndexOf('/', TarHeader.PREFIX);
    int rest = name.length() - cut - 1;
    return cut > 0 && rest > 0 && rest <= TarHeader.NAME ? cut : -1;
  }

  private void extended(String records) {
    byte[] content = records.getBytes(StandardCharsets.UTF_8);
    out.add(
        new TarHeader(EXTENDED_NAME, EXTENDED_MODE, content.length, TIME, TarHeader.EXTENDED, "")
            .posix(""));
    out.add(content).alignTo(TarHeader.BLOCK);
  }

  /// `<length> <key>=<value>` and a line feed; the length counts itself.
  private static String record(String key, String value) {
    String text = " " + key + "=" + value + "\n";
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    int length = bytes + Integer.toString(bytes).length();
    length = bytes + Integer.toString(length).length();
    return length + text;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c > 0 && c < 0x80);
  }
}
