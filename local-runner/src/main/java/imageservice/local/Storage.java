package imageservice.local;

import imageservice.builder.store.AssetSink;
import imageservice.functions.asset.AssetLinks;
import imageservice.ledger.ItemTable;
import imageservice.ledger.PlanStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Where a service keeps everything but source material.
interface Storage extends AutoCloseable {
  /// Parts of 10 MiB on their way to the store at once.
  int BUFFERS = 6;

  ItemTable configurations();

  /// The table of builds and releases.
  ItemTable builds();

  PlanStore plans();

  AssetSink sink();

  /// Links to objects for clients.
  AssetLinks links();

  /// The object of a key, for clients that the gateway sends it to itself.
  Optional<StoredFile> find(String key) throws IOException;

  /// How long the record of a build is good.
  Duration trusted();

  /// Whether other instances use it too.
  boolean isShared();

  @Override
  void close();
}
