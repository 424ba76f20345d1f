package imageservice.builder.assemble;

import imageservice.asset.AttachmentTag;
import imageservice.formats.blob.Blob;
import imageservice.ledger.Measurement;
import imageservice.release.Digest;
import java.util.List;

/// What a build yields: one named asset, and the content-addressed contents that it refers to,
/// which must be stored before it.
///
/// @param attachments what belongs to an image and is found by a tag beside it; contents as well
/// @param measurements values that a TPM's registers hold once a machine has booted the asset; none
///   where it measures nothing
public record Product(
    Blob asset,
    List<Content> contents,
    List<Attachment> attachments,
    List<Measurement> measurements) {
  /// Content that is stored under its digest.
  public record Content(Digest digest, String mediaType, Blob blob) {}

  /// Content that is stored under a tag too.
  public record Attachment(AttachmentTag tag, Content content) {}

  public Product {
    contents = List.copyOf(contents);
    attachments = List.copyOf(attachments);
    measurements = List.copyOf(measurements);
  }

  /// An asset to which nothing belongs.
  public Product(Blob asset, List<Content> contents, List<Measurement> measurements) {
    this(asset, contents, List.of(), measurements);
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
