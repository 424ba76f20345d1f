package imageservice.local;

import imageservice.builder.store.AssetSink;
import imageservice.builder.store.PartBuffers;
import imageservice.builder.store.S3AssetSink;
import imageservice.functions.asset.AssetLinks;
import imageservice.functions.asset.S3AssetLinks;
import imageservice.functions.asset.S3ClientObjects;
import imageservice.functions.asset.S3LinkSigner;
import imageservice.functions.asset.S3Objects;
import imageservice.ledger.DynamoItemTable;
import imageservice.ledger.ItemTable;
import imageservice.ledger.PlanStore;
import imageservice.ledger.Retention;
import imageservice.ledger.S3PlanStore;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/// A bucket and tables that several instances share, by the adapters that the service uses on AWS.
final class SharedStorage implements Storage {
  private final SharedStore store;
  private final SharedClients clients;
  private final Optional<OwnLinks> own;

  private SharedStorage(SharedStore store, SharedClients clients, Optional<OwnLinks> own) {
    this.store = store;
    this.clients = clients;
    this.own = own;
  }

  /// Looks whether bucket and tables can be used, and makes tables that are missing.
  ///
  /// @param own makes links where the gateway sends objects itself; empty where clients are sent to
  ///   the bucket
  static SharedStorage open(SharedStore store, Optional<OwnLinks> own, PrintStream log)
      throws CommandException {
    SharedClients clients = new SharedClients(store);
    try {
      requireCredentials(clients);
      requireBucket(store, clients);
      requireTables(store, clients, log);
      return new SharedStorage(store, clients, own);
    } catch (CommandException | RuntimeException e) {
      clients.close();
      throw e;
    }
  }

  private static void requireCredentials(SharedClients clients) throws CommandException {
    try {
      clients.credentials().resolveCredentials();
    } catch (SdkException e) {
      throw SharedRefusal.noCredentials();
    }
  }

  /// Asked for a list, whose refusal tells its reason, and without which S3 does not tell a missing
  /// object from a forbidden one.
  private static void requireBucket(SharedStore store, SharedClients clients)
      throws CommandException {
    try {
      clients.s3().listObjectsV2(list -> list.bucket(store.bucket()).maxKeys(1));
    } catch (SdkException e) {
      throw SharedRefusal.ofBucket(store, e);
    }
  }

  private static void requireTables(SharedStore store, SharedClients clients, PrintStream log)
      throws CommandException {
    SharedTables tables = new SharedTables(clients.dynamo(), log);
    try {
      tables.require(store.configurations(), false);
      tables.require(store.builds(), true);
    } catch (SdkException e) {
      throw SharedRefusal.ofTables(store, e);
    }
  }

  @Override
  public ItemTable configurations() {
    return new DynamoItemTable(clients::dynamo, store.configurations());
  }

  @Override
  public ItemTable builds() {
    return new DynamoItemTable(clients::dynamo, store.builds());
  }

  @Override
  public PlanStore plans() {
    return new S3PlanStore(clients::s3, store.bucket());
  }

  @Override
  public AssetSink sink() {
    return new S3AssetSink(
        clients::s3,
        store.bucket(),
        new PartBuffers(BUFFERS),
        InstantSource.system(),
        Retention.FRESH);
  }

  @Override
  public AssetLinks links() {
    S3Objects objects = new S3ClientObjects(clients::s3, store.bucket());
    return own.isPresent() ? own.get().to(objects) : new S3AssetLinks(signer(), objects);
  }

  /// A signature covers the host, so that links are signed for the one that clients use.
  private S3LinkSigner signer() {
    Optional<URI> address = store.objects().or(clients::address);
    return address.isPresent()
        ? S3LinkSigner.at(address.get(), store.bucket(), clients.region(), clients.credentials())
        : S3LinkSigner.ofS3(store.bucket(), clients.region(), clients.credentials());
  }

  @Override
  public Optional<StoredFile> find(String key) throws IOException {
    return SharedObjects.find(clients.s3(), store.bucket(), key);
  }

  /// The bucket may remove objects by age, as the stack's does.
  @Override
  public Duration trusted() {
    return Retention.RECORD;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void close() {
    clients.close();
  }
}
