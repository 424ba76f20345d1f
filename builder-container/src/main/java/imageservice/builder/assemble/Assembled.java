package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.ledger.Measurement;
import java.util.List;

/// An asset, described.
///
/// @param measurements what a TPM will hold once a machine has booted it; none where nothing is
///   measured
public record Assembled(Blob content, List<Measurement> measurements) {
  public Assembled {
    measurements = List.copyOf(measurements);
  }

  static Assembled of(Blob content) {
    return new Assembled(content, List.of());
  }
}
