package imageservice.builder.material;

import imageservice.asset.AttachmentTag;
import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.util.List;
import java.util.Map;

/// An image as its source has it.
///
/// @param contents all that belongs to it, what is named before what names it: its index or
///   manifest comes last
/// @param attachments what the source's own tags have of it, which is content as well
public record SourceImage(List<Content> contents, Map<AttachmentTag.Kind, Content> attachments) {
  public SourceImage {
    contents = List.copyOf(contents);
    attachments = Map.copyOf(attachments);
  }

  public record Content(Digest digest, String mediaType, Blob blob) {}
}
