package imageservice.formats.xfs;

import imageservice.formats.medium.SectorSize;
import java.util.UUID;
import java.util.regex.Pattern;

/// What a file system says about itself, and its size.
///
/// @param label of at most 12 printable characters of ASCII; none where empty
/// @param epochSeconds all times of all inodes
/// @param length in bytes, whole blocks of 4096
/// @param sectorSize of the medium; sectors of 512 bytes cannot be mounted on a medium of 4096
public record XfsVolume(
    String label, UUID uuid, long epochSeconds, long length, SectorSize sectorSize) {
  /// As `mkfs.xfs` has it: the log of the smallest volume still leaves room in its group.
  public static final long MIN_LENGTH = 300L << 20;

  /// Below 32 GiB a group is shorter than the longest extent, 2^21 - 1 blocks.
  public static final long MAX_LENGTH = 31L << 30;

  /// What 64 bits of nanoseconds from 1901 on hold, in seconds from 1970 on: July 2486.
  private static final long MAX_SECONDS = 16_299_260_424L;

  private static final Pattern LABEL = Pattern.compile("[!-~]{0,12}");

  public XfsVolume {
    require(LABEL.matcher(label).matches(), "not a label of XFS: \"" + label + "\"");
    require(
        uuid.getMostSignificantBits() != 0 || uuid.getLeastSignificantBits() != 0,
        "a UUID of zeros, which Linux does not mount");
    require(epochSeconds >= 0 && epochSeconds <= MAX_SECONDS, "epoch second " + epochSeconds);
    require(
        sectorSize.equals(SectorSize.OF_512) || sectorSize.equals(SectorSize.OF_4096),
        "sectors of %d bytes, XFS is written for 512 and 4096".formatted(sectorSize.bytes()));
    require(
        length >= MIN_LENGTH && length <= MAX_LENGTH && length % Geometry.BLOCK == 0,
        "a volume of %d bytes, XFS is written in blocks of %d from %d to %d bytes"
            .formatted(length, Geometry.BLOCK, MIN_LENGTH, MAX_LENGTH));
  }

  Geometry geometry() {
    return new Geometry(length / Geometry.BLOCK, sectorSize);
  }

  private static void require(boolean holds, String reason) {
    if (!holds) {
      throw new IllegalArgumentException(reason);
    }
  }
}
