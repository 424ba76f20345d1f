package imageservice.builder.assemble;

import imageservice.ledger.Stage;
import java.io.IOException;

/// Told by a build how far it is. Throws once the build is somebody else's, which ends it.
public interface BuildStages {
  void enter(Stage stage, long totalBytes) throws IOException;

  void done(long bytes) throws IOException;
}
