package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;

/// The contract on DynamoDB Local, in this process and without a port. Its licence allows it in
/// tests only.
final class DynamoItemTableTest extends ItemTableContract {
  private static final String TABLE = "builds";
  private static final DynamoDbClient DYNAMO = DynamoDBEmbedded.create(true).dynamoDbClient();

  @BeforeAll
  static void createTable() {
    DynamoTables.create(DYNAMO, TABLE);
  }

  @AfterAll
  static void close() {
    DYNAMO.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void nothingListens() throws IOException {
    assertThat(DYNAMO.listTables().tableNames()).containsExactly("builds");
    assertThat(own()).doesNotContainAnyElementsOf(listening());
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(one.isBound()).isTrue();
      assertThat(own()).containsAnyElementsOf(listening());
    }
  }

  /// Inodes of this process's sockets and other files: `/proc/self/fd` links to `socket:[INODE]`.
  private static List<String> own() throws IOException {
    List<String> inodes = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          inodes.add(Files.readSymbolicLink(descriptor).toString());
        }
      }
    }
    return inodes;
  }

  /// Inodes of all sockets in state 0A, LISTEN.
  private static List<String> listening() throws IOException {
    List<String> inodes = new ArrayList<>();
    for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] columns = line.strip().split("\\s+", -1);
        if (columns[3].equals("0A")) {
          inodes.add("socket:[" + columns[9] + "]");
        }
      }
    }
    return inodes;
  }

  @Override
  protected ItemTable table() {
    return new DynamoItemTable(() -> DYNAMO, TABLE);
  }
}
