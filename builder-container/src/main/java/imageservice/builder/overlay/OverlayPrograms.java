package imageservice.builder.overlay;

import imageservice.builder.cache.Workspace;
import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.util.SortedMap;

/// The programs that overlays bring, `installers/<name>` in their images.
public interface OverlayPrograms {
  /// A program of an overlay.
  ///
  /// @param overlay its name, for messages and for the program's file
  /// @param executable static, for linux/amd64
  /// @param options YAML
  record Program(String overlay, Blob executable, String options) {}

  /// What a program says of itself.
  OverlayOptions options(Program program) throws IOException;

  /// What a program puts on a disk, as {@link WrittenFirmware} reads it.
  ///
  /// @param artifacts files that the program finds, by path
  /// @param diskSize in bytes
  /// @param workspace where what it wrote lies
  Blob install(
      Program program, SortedMap<String, Blob> artifacts, long diskSize, Workspace workspace)
      throws IOException;

  /// Runs no program, and refuses every plan that needs one.
  static OverlayPrograms forbidden() {
    return new OverlayPrograms() {
      @Override
      public OverlayOptions options(Program program) throws UnfitInputException {
        throw refused(program);
      }

      @Override
      public Blob install(
          Program program, SortedMap<String, Blob> artifacts, long diskSize, Workspace workspace)
          throws UnfitInputException {
        throw refused(program);
      }

      private static UnfitInputException refused(Program program) {
        return new UnfitInputException(
            "overlay \"%s\": its own program would have to run, which the operator has not allowed"
                .formatted(program.overlay()));
      }
    };
  }
}
