package imageservice.local;

import imageservice.builder.store.AssetSink;
import imageservice.builder.store.PartBuffers;
import imageservice.builder.store.S3AssetSink;
import imageservice.functions.asset.AssetLinks;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.ItemTable;
import imageservice.ledger.PlanStore;
import imageservice.ledger.Retention;
import imageservice.ledger.S3PlanStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/// All of it in a folder, which one process uses at a time.
final class FolderStorage implements Storage {
  /// The folder of objects removes none by age.
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private static final String BUILD_PREFIX = "build#";

  private final Tables tables;
  private final ObjectStore objects;
  private final S3Client s3;
  private final String address;

  private FolderStorage(Tables tables, ObjectStore objects, String address) {
    this.tables = tables;
    this.objects = objects;
    this.s3 = objects.client();
    this.address = address;
  }

  /// Opens tables and objects, and ends the builds that an earlier process left.
  ///
  /// @param address in links to objects, with a final slash
  static FolderStorage open(DataFolder data, Credentials credentials, String address)
      throws CommandException {
    Tables tables = Tables.open(data.tables());
    try {
      FolderStorage storage =
          new FolderStorage(tables, ObjectStore.open(data.objects(), credentials), address);
      abandonBuilds(tables);
      return storage;
    } catch (CommandException e) {
      closeTables(tables);
      throw e;
    }
  }

  /// Ends the leases of builds that an earlier process left. One process uses the folder at a time,
  /// so their builders are gone.
  private static void abandonBuilds(Tables tables) throws CommandException {
    BuildLedger ledger = new BuildLedger(tables.builds());
    try {
      for (String key : tables.builds().keys(BUILD_PREFIX)) {
        ledger.abandon(key.substring(BUILD_PREFIX.length()), Instant.now());
      }
    } catch (IOException e) {
      throw new CommandException("the table of builds cannot be read: " + e.getMessage());
    }
  }

  @Override
  public ItemTable configurations() {
    return tables.configurations();
  }

  @Override
  public ItemTable builds() {
    return tables.builds();
  }

  @Override
  public PlanStore plans() {
    return new S3PlanStore(() -> s3, ObjectStore.BUCKET);
  }

  @Override
  public AssetSink sink() {
    return new S3AssetSink(
        () -> s3,
        ObjectStore.BUCKET,
        new PartBuffers(BUFFERS),
        InstantSource.system(),
        Retention.FRESH);
  }

  @Override
  public AssetLinks links() {
    return new ObjectLinks(objects.links(s3), address);
  }

  @Override
  public Optional<StoredFile> find(String key) throws IOException {
    return objects.find(key);
  }

  @Override
  public Duration trusted() {
    return FOREVER;
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public void close() {
    s3.close();
    objects.close();
    closeTables(tables);
  }

  private static void closeTables(Tables tables) {
    try {
      tables.close();
    } catch (IOException e) {
      System.err.println("while stopping: " + e);
    }
  }
}
