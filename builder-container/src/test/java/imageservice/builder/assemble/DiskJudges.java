package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What programs of the field see on a disk.
///
/// @param partitions by name
record DiskJudges(Path folder, Blob disk, int sectorSize, Map<String, Partition> partitions) {
  /// @param first sector
  record Partition(long first, long sectors) {
    @Override
    public String toString() {
      return first + "-" + (first + sectors - 1);
    }
  }

  /// Has partx read the partition table, and sgdisk too, which knows sectors of 512 bytes alone.
  static DiskJudges of(Blob disk, int sectorSize, Path folder) throws IOException {
    Path file = Medium.write(disk, folder.resolve("disk"));
    if (sectorSize == 512) {
      assertThat(Judge.named("sgdisk").run("--verify", file.toString()).accepted().output())
          .contains("No problems found");
    }
    String table =
        Judge.named("partx")
            .run("--sector-size", "" + sectorSize, "-o", "START,SECTORS,NAME", "-rg", file + "")
            .accepted()
            .output();
    Map<String, Partition> partitions = new LinkedHashMap<>();
    for (String row : table.lines().toList()) {
      String[] columns = row.split(" ", -1);
      long unit = sectorSize / 512; // partx counts in sectors of 512 bytes whatever the disk's are
      partitions.put(
          columns[2],
          new Partition(Long.parseLong(columns[0]) / unit, Long.parseLong(columns[1]) / unit));
    }
    Files.delete(file);
    return new DiskJudges(folder, disk, sectorSize, partitions);
  }

  /// A partition's content.
  Blob content(String partition) {
    Partition found = Optional.ofNullable(partitions.get(partition)).orElseThrow();
    return Blob.slice(disk, found.first() * sectorSize, found.sectors() * sectorSize);
  }

  Path file(String partition) throws IOException {
    Path file = folder.resolve(partition);
    return Files.exists(file) ? file : Medium.write(content(partition), file);
  }

  /// Paths of all files of the EFI system partition.
  String systemPartition() throws IOException {
    String image = file("EFI").toString();
    Judge.named("fsck.fat").run("-n", image).accepted();
    return Judge.named("mdir")
        .run("-/", "-b", "-i", image, "::")
        .accepted()
        .output()
        .lines()
        .filter(path -> !path.endsWith("/"))
        .map(path -> path + "\n")
        .collect(Collectors.joining());
  }

  String systemFile(String path) throws IOException {
    return Judge.named("mtype").run("-i", file("EFI") + "", "::/" + path).accepted().output();
  }

  /// A text of the XFS, as GRUB reads it.
  String bootText(String path) throws IOException {
    String image = file("BOOT").toString();
    return Judge.named("grub-fstest").run(image, "cat", "(loop0)" + path).accepted().output();
  }

  /// Whether GRUB reads this content.
  boolean bootHas(String path, Blob content) throws IOException {
    Path expected = folder.resolve("expected");
    Files.deleteIfExists(expected);
    Medium.write(content, expected);
    return Judge.named("grub-fstest")
            .run(file("BOOT").toString(), "cmp", "(loop0)" + path, expected.toString())
            .status()
        == 0;
  }
}
