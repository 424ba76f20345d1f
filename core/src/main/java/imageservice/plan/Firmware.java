package imageservice.plan;

import imageservice.plan.firmware.FirmwareFiles;
import imageservice.release.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a board needs on a disk besides what boots Talos.
public sealed interface Firmware {
  /// Of a machine that has all that it needs.
  Listed NONE = new Listed(0, Optional.empty(), List.of(), List.of(), Optional.empty());

  /// The inputs that the builder fetches for it.
  List<Input> inputs();

  /// Files that a table lists.
  ///
  /// @param skip sectors between the header of the partition table and its entries
  /// @param raw what firmware loads from outside of all partitions
  /// @param files of the EFI system partition; they take the place of those in folders
  /// @param folders whose content lies in the root of the EFI system partition
  /// @param configTxt text of the file `config.txt` there
  record Listed(
      int skip,
      Optional<RawFile> raw,
      List<PlacedFile> files,
      List<Input.ImageFolder> folders,
      Optional<String> configTxt)
      implements Firmware {
    public Listed {
      files = List.copyOf(files);
      folders = List.copyOf(folders);
    }

    @Override
    public List<Input> inputs() {
      return Stream.of(
              raw.stream().map(RawFile::file),
              files.stream().map(PlacedFile::file),
              folders.stream())
          .<Input>flatMap(each -> each)
          .toList();
    }
  }

  /// What an overlay's own program puts there: it tells how many sectors to skip, writes to a disk
  /// that is empty, and writes files of the EFI system partition.
  ///
  /// @param artifacts what the program takes its files from
  record ByProgram(OverlayProgram program, Input.ImageFolder artifacts) implements Firmware {
    @Override
    public List<Input> inputs() {
      return List.of(program.file(), artifacts);
    }
  }

  /// A file at a place of its own.
  ///
  /// @param offset on the disk, in bytes
  record RawFile(Input.ImageFile file, int offset) {}

  /// A file of the EFI system partition.
  record PlacedFile(String path, Input.ImageFile file) {}

  /// @param root of the paths, with a final slash
  static Listed of(FirmwareFiles files, String repository, Digest image, String root) {
    List<PlacedFile> placed = new ArrayList<>();
    files
        .files()
        .forEach(
            (path, from) -> placed.add(new PlacedFile(path, file(repository, image, root + from))));
    return new Listed(
        files.skip(),
        files
            .raw()
            .map(raw -> new RawFile(file(repository, image, root + raw.path()), raw.offset())),
        placed,
        files.folders().stream()
            .map(folder -> new Input.ImageFolder(repository, image, resolved(root, folder)))
            .toList(),
        files.configTxt());
  }

  private static Input.ImageFile file(String repository, Digest image, String path) {
    return new Input.ImageFile(repository, image, path);
  }

  /// Some folders lie beside the one that most paths begin with, and begin with `../`.
  private static String resolved(String root, String path) {
    String beside = "../";
    return path.startsWith(beside)
        ? root.substring(0, root.lastIndexOf('/', root.length() - 2) + 1)
            + path.substring(beside.length())
        : root + path;
  }
}
