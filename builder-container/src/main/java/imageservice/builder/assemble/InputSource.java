package imageservice.builder.assemble;

import imageservice.plan.Input;
import java.io.IOException;
import java.util.List;

/// Where inputs come from.
public interface InputSource {
  /// All of them, fetched, or the failure of the first that cannot be had.
  Inputs fetch(List<Input> inputs) throws IOException;
}
