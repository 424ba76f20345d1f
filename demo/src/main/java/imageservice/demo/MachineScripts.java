package imageservice.demo;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The scripts that run in a miniature release: `fixtures/mini-*.sh`.
enum MachineScripts {
  /// `/init` of the initramfs.
  INIT("mini-init.sh"),
  /// `/sbin/init` of the root: reports what it finds, and powers off.
  MACHINED("mini-machined.sh"),
  /// The installer of an overlay.
  OVERLAY("mini-overlay.sh");

  private final String file;

  MachineScripts(String file) {
    this.file = file;
  }

  Blob content() {
    try (InputStream in = MachineScripts.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not in the jar");
      }
      return Blob.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
