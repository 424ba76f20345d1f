package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.plan.Input;
import java.io.IOException;

/// The things that a plan names by digest, fetched.
public interface Inputs {
  Blob file(Input.ImageFile file) throws IOException;

  GrubKit kit(Input.GrubKit kit) throws IOException;
}
