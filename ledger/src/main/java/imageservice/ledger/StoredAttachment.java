package imageservice.ledger;

import imageservice.asset.AttachmentTag;

/// A manifest that belongs to an image, by its tag. It is one of the product's contents as well.
public record StoredAttachment(AttachmentTag tag, StoredObject object) {}
