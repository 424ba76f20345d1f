package imageservice.functions.registry;

import imageservice.asset.AttachmentAddress;
import imageservice.asset.AttachmentTag;
import imageservice.functions.asset.AssetLinks;
import imageservice.functions.http.Response;
import imageservice.plan.Generations;
import java.io.IOException;
import java.util.Optional;

/// What belongs to images that were built: their signatures, and the lists of what refers to them.
public final class Attachments {
  private final Generations generations;
  private final AssetLinks links;

  public Attachments(Generations generations, AssetLinks links) {
    this.generations = generations;
    this.links = links;
  }

  /// The answer with what a tag names; empty where nothing has the tag.
  Optional<Response> find(Repository repository, AttachmentTag tag) throws IOException {
    AttachmentAddress address = generations.attachment(repository.kind(), repository.stored(), tag);
    return Manifests.stored(links, address)
        .map(response -> response.with("cache-control", "no-cache"));
  }
}
