package imageservice.builder.shared;

import imageservice.builder.store.SharedContent;
import imageservice.release.Digest;
import java.io.IOException;

/// Content that is kept for others where that can be done. Where it cannot, that is said once, and
/// nobody fails: whoever reads the content has it all the same, and the next builder fetches it
/// again.
final class Passing implements AutoCloseable {
  private final SharedContent.Keeping keeping;
  private final Digest digest;
  private final long size;
  private final Unkept unkept;
  private boolean over;

  /// @param size of the content in bytes
  Passing(SharedContent.Keeping keeping, Digest digest, long size, Unkept unkept) {
    this.keeping = keeping;
    this.digest = digest;
    this.size = size;
    this.unkept = unkept;
  }

  void write(byte[] buffer, int from, int count) {
    orNothing(() -> keeping.write(buffer, from, count));
  }

  /// All was written.
  void end() {
    orNothing(keeping::end);
    close();
  }

  @Override
  public void close() {
    over = true;
    keeping.close();
  }

  private interface Step {
    void take() throws IOException;
  }

  private void orNothing(Step step) {
    if (over) {
      return;
    }
    try {
      step.take();
    } catch (IOException | RuntimeException e) {
      unkept.tell(digest, size, e);
      close();
    }
  }
}
