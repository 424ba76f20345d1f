package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.ledger.Measurement;
import imageservice.release.Digest;
import java.util.List;

/// What a build yields, described: one named asset, and the content-addressed objects that it
/// refers to, which must be readable before it is.
///
/// @param measurements what a TPM will hold once a machine has booted the asset; none where nothing
///   is measured
public record Product(Blob asset, List<Content> contents, List<Measurement> measurements) {
  /// An object that is named by its digest.
  public record Content(Digest digest, String mediaType, Blob blob) {}

  public Product {
    contents = List.copyOf(contents);
    measurements = List.copyOf(measurements);
  }

  /// An asset that stands for itself.
  static Product of(Blob asset) {
    return new Product(asset, List.of(), List.of());
  }

  /// An asset that stands for itself and is measured.
  static Product measured(Blob asset, List<Measurement> measurements) {
    return new Product(asset, List.of(), measurements);
  }
}
