package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.ledger.Measurement;
import imageservice.release.Digest;
import java.util.List;

/// What a build yields: one named asset, and the content-addressed contents that it refers to,
/// which must be stored before it.
///
/// @param measurements values that a TPM's registers hold once a machine has booted the asset; none
///   where it measures nothing
public record Product(Blob asset, List<Content> contents, List<Measurement> measurements) {
  /// Content that is stored under its digest.
  public record Content(Digest digest, String mediaType, Blob blob) {}

  public Product {
    contents = List.copyOf(contents);
    measurements = List.copyOf(measurements);
  }

  /// An asset without contents.
  static Product of(Blob asset) {
    return new Product(asset, List.of(), List.of());
  }

  /// An asset without contents that a machine measures while it boots.
  static Product measured(Blob asset, List<Measurement> measurements) {
    return new Product(asset, List.of(), measurements);
  }
}
