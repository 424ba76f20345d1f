package imageservice.formats.pe;

import imageservice.formats.blob.Blob;
import java.util.regex.Pattern;

/// A section of read-only data to be appended.
///
/// @param name of at most 8 characters, such as `.linux`
/// @param content at least one byte, less than 4 GiB
public record PeSection(String name, Blob content) {
  private static final Pattern NAME = Pattern.compile("[!-~]{1," + SectionHeader.NAME_SIZE + "}");

  public PeSection {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a section's name: \"" + name + "\"");
    }
    if (content.length() < 1 || content.length() > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(
          "section %s of %d bytes".formatted(name, content.length()));
    }
  }
}
