package imageservice.formats.fat;

import java.util.regex.Pattern;

/// What a file system says about itself.
///
/// @param oem of at most 8 characters
/// @param serial volume serial number, 32 bits
/// @param label of at most 11 characters in capitals; none where empty
/// @param labelEpochSeconds date of the label's directory entry
/// @param epochSeconds all dates of all files and directories
public record FatVolume(
    String oem, long serial, String label, long labelEpochSeconds, long epochSeconds) {
  /// The `OEM Name` most readers have seen most.
  public static final String MKFS_OEM = "mkfs.fat";

  private static final Pattern LABEL = Pattern.compile("|[A-Z0-9_-][A-Z0-9_ -]{0,10}");
  private static final Pattern OEM = Pattern.compile("[ -~]{1,8}");

  public FatVolume {
    if (!OEM.matcher(oem).matches()) {
      throw new IllegalArgumentException("not an OEM name: \"" + oem + "\"");
    }
    if (!LABEL.matcher(label).matches()) {
      throw new IllegalArgumentException("not a volume label: \"" + label + "\"");
    }
    if (serial >>> 32 != 0) {
      throw new IllegalArgumentException("serial number " + serial + " does not fit 32 bits");
    }
    FatDate.of(labelEpochSeconds);
    FatDate.of(epochSeconds);
  }

  /// As boot sectors spell it.
  String bootSectorLabel() {
    return label.isEmpty() ? "NO NAME" : label;
  }
}
