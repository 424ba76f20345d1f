package imageservice.builder.overlay;

import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.util.List;

/// The programs that overlays bring, `installers/<name>` in their images.
@FunctionalInterface
public interface OverlayPrograms {
  /// The kernel arguments that a program prints.
  ///
  /// @param overlay its name, for messages and for the program's file
  /// @param program a static executable for linux/amd64
  /// @param options YAML for its standard input
  List<String> kernelArguments(String overlay, Blob program, String options) throws IOException;

  /// Runs no program, and refuses every plan that needs one.
  static OverlayPrograms forbidden() {
    return (overlay, program, options) -> {
      throw new UnfitInputException(
          "overlay \"%s\": its own program would have to run, which the operator has not allowed"
              .formatted(overlay));
    };
  }
}
