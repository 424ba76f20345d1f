package imageservice.ledger;

import java.util.List;

/// A build's product in the store.
///
/// @param asset the named object, which the builder stored last
/// @param contents content-addressed objects that the asset refers to, all stored before it
/// @param attachments what belongs to an image, stored before it as well
/// @param measurements predicted for the machine that boots the asset; none where the asset has no
///   UKI
/// @param admissions of the images that it was built from; none in records of older versions
public record StoredProduct(
    StoredObject asset,
    List<StoredObject> contents,
    List<StoredAttachment> attachments,
    List<Measurement> measurements,
    List<InputAdmission> admissions) {
  public StoredProduct {
    contents = List.copyOf(contents);
    attachments = List.copyOf(attachments);
    measurements = List.copyOf(measurements);
    admissions = List.copyOf(admissions);
  }

  /// A product to which nothing belongs.
  public StoredProduct(
      StoredObject asset, List<StoredObject> contents, List<Measurement> measurements) {
    this(asset, contents, List.of(), measurements, List.of());
  }

  /// The product, and what admitted the images that it was built from.
  public StoredProduct admittedBy(List<InputAdmission> policies) {
    return new StoredProduct(asset, contents, attachments, measurements, policies);
  }
}
