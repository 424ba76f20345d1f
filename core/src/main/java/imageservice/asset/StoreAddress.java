package imageservice.asset;

/// Where an object lies in object storage; its text is the object's key.
public sealed interface StoreAddress permits AssetAddress, AttachmentAddress, ContentAddress {
  /// The object's key.
  @Override
  String toString();
}
