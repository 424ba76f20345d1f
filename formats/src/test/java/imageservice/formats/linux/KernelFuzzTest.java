package imageservice.formats.linux;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.util.Set;

/// Whatever a kernel holds, only {@link IOException} escapes: one that cannot be read tells
/// nothing.
final class KernelFuzzTest {
  @FuzzTest
  void onlyIoExceptionEscapes(byte[] kernel) {
    Blob blob = Blob.of(kernel);
    try {
      BzImage.release(blob);
      BzImage.commandLineLimit(blob);
      KernelNames.present(KernelNames.texts(blob), Set.of("printk"));
    } catch (IOException expected) {
      // The one answer to bytes that are no kernel.
    }
  }
}
