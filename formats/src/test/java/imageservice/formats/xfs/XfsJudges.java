package imageservice.formats.xfs;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.formats.tree.PathTree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Asks xfs_repair, xfs_db and GRUB about a file system, and the reader of the tests.
final class XfsJudges {
  private static final int MOST = 1 << 27;

  private XfsJudges() {}

  static Path accepted(Blob medium, Path image) throws IOException {
    Medium.write(medium, image);
    Judge.named("xfs_repair").run("-n", "-f", image.toString()).accepted();
    return image;
  }

  /// Makes an empty volume of the features that ours have.
  static void make(Path image, long mib, int sectorSize) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(mib << 20);
    }
    List<String> options =
        List.of(
            "-q",
            "-m",
            "crc=1,bigtime=1,finobt=1,inobtcount=1,reflink=1,rmapbt=0,uuid=" + Volumes.BOOT,
            "-i",
            "sparse=1,nrext64=0",
            "-n",
            "ftype=1",
            "-s",
            "size=" + sectorSize,
            "-L",
            "BOOT",
            image.toString());
    Judge.named("mkfs.xfs").run(options.toArray(String[]::new)).accepted();
  }

  /// What commands of xfs_db print.
  static String shown(Path image, String... commands) {
    List<String> arguments = new ArrayList<>(List.of("-r", "-f"));
    for (String command : commands) {
      arguments.addAll(List.of("-c", command));
    }
    arguments.add(image.toString());
    return Judge.named("xfs_db").run(arguments.toArray(String[]::new)).accepted().output();
  }

  /// The reader of the tests finds these entries and nothing else.
  static void assertHolds(Collection<XfsEntry> entries, Blob medium, String where)
      throws IOException {
    Map<String, ReadTree.Found> found = ReadVolume.of(medium).found();
    assertThat(found.keySet())
        .as(where)
        .containsExactlyInAnyOrderElementsOf(entries.stream().map(XfsEntry::path).toList());
    for (XfsEntry entry : entries) {
      ReadTree.Found own = Objects.requireNonNull(found.get(entry.path()));
      boolean directory = entry instanceof XfsEntry.Directory;
      assertThat(own.mode())
          .as(entry.path())
          .isEqualTo((directory ? 0x4000 : 0x8000) | entry.permissions());
      if (entry instanceof XfsEntry.File file) {
        assertThat(own.content().bytes(MOST))
            .as(where + " " + file.path())
            .isEqualTo(file.content().bytes(MOST));
      }
    }
  }

  /// GRUB lists these names, in this order, and reads these contents.
  ///
  /// @param folder for what it compares with, which is not there yet
  static void assertGrubReads(Collection<XfsEntry> entries, Path image, Path folder)
      throws IOException {
    PathTree<XfsEntry> root =
        PathTree.of(
            PathTree.byPath(entries, XfsEntry::path),
            XfsEntry.Directory.class::isInstance,
            PathTree.Implied.NONE);
    prepare(root, image, folder);
    grub(image, "cmp", "(loop0)/", folder.toString());
  }

  private static void prepare(PathTree<XfsEntry> place, Path image, Path local) throws IOException {
    switch (place.entry().orElseThrow()) {
      case XfsEntry.Directory ignored -> {
        Files.createDirectory(local);
        StringBuilder list = new StringBuilder();
        for (PathTree<XfsEntry> child : place.children()) {
          prepare(child, image, local.resolve(child.name()));
          if (!child.name().startsWith(".")) { // GRUB hides them
            boolean directory = child.entry().orElseThrow() instanceof XfsEntry.Directory;
            list.append(child.name()).append(directory ? "/ " : " ");
          }
        }
        assertThat(grub(image, "ls", "(loop0)/" + place.path() + "/")).isEqualTo(list + "\n");
      }
      case XfsEntry.File file -> Files.write(local, file.content().bytes(MOST));
    }
  }

  private static String grub(Path image, String... command) {
    List<String> arguments = new ArrayList<>(List.of(image.toString()));
    arguments.addAll(List.of(command));
    Judge.Verdict verdict =
        Judge.named("grub-fstest")
            .run(Path.of("."), Map.of("LC_ALL", "C.UTF-8"), arguments)
            .accepted();
    return new String(verdict.bytes(), StandardCharsets.UTF_8);
  }
}
