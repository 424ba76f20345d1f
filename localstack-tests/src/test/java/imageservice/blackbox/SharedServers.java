package imageservice.blackbox;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/// A bucket and a database on the loopback interface that speak the protocols of S3 and DynamoDB.
/// The bucket's checks signatures.
final class SharedServers implements AutoCloseable {
  static final Map<String, String> CREDENTIALS =
      Map.of("AWS_ACCESS_KEY_ID", "user", "AWS_SECRET_ACCESS_KEY", "secret");

  private final Path folder;
  private final int s3Port;
  private final int dynamoPort;
  private final LocalDynamoDBServerHandler database;
  private S3Proxy s3;
  private Server dynamo;

  /// @param folder for objects
  SharedServers(Path folder) throws Exception {
    this.folder = folder;
    Files.createDirectories(folder.resolve("assets"));
    this.s3Port = FreePort.find();
    this.dynamoPort = FreePort.find();
    this.database =
        new LocalDynamoDBServerHandler(
            new LocalDynamoDBRequestHandler(0, true, null, true, false), null);
    this.s3 = bucket();
    this.dynamo = tables();
  }

  /// What an instance is started with.
  ///
  /// @param url under which people know all instances
  List<String> options(String url) {
    return List.of(
        "--store",
        "s3://assets/",
        "--s3-endpoint",
        "http://127.0.0.1:" + s3Port,
        "--tables",
        "dynamodb:factory",
        "--dynamodb-endpoint",
        "http://127.0.0.1:" + dynamoPort + "/",
        "--object-url",
        "http://127.0.0.1:" + s3Port,
        "--external-url",
        url);
  }

  void stopBucket() throws Exception {
    s3.stop();
  }

  void startBucket() throws Exception {
    s3 = bucket();
  }

  void stopTables() throws Exception {
    dynamo.stop();
  }

  /// Its items are there still.
  void startTables() throws Exception {
    dynamo = tables();
  }

  /// Files of objects, without what the server keeps of uploads.
  Path objects() {
    return folder.resolve("assets");
  }

  private S3Proxy bucket() throws Exception {
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(folder.toString()))
            .endpoint(URI.create("http://127.0.0.1:" + s3Port))
            .awsAuthentication(AuthenticationType.AWS_V4, "user", "secret")
            .ignoreUnknownHeaders(true)
            .v4MaxNonChunkedRequestSize(32L << 20)
            .build();
    proxy.start();
    return proxy;
  }

  private Server tables() throws Exception {
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), dynamoPort));
    server.setHandler(database);
    server.start();
    return server;
  }

  @Override
  public void close() {
    try {
      s3.stop();
      dynamo.stop();
      database.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
