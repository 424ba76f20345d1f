package imageservice.ledger;

import java.util.List;

/// Images of a build that one policy admitted.
///
/// @param policy all that decided, as a text
/// @param images each with its digest, `siderolabs/imager@sha256:…`, in order
public record InputAdmission(String policy, List<String> images) {
  public InputAdmission {
    images = List.copyOf(images);
  }
}
