package imageservice.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/// Makes the tables that instances share where they are missing, as the stack on AWS has them.
final class SharedTables {
  private static final String KEY = "pk";
  private static final String EXPIRES = "expires";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final DynamoDbClient dynamo;
  private final PrintStream log;

  SharedTables(DynamoDbClient dynamo, PrintStream log) {
    this.dynamo = dynamo;
    this.log = log;
  }

  /// Makes a table unless it is there, and waits until it can be used.
  ///
  /// @param expires whether items are removed when their time is over
  /// @throws SdkException where the tables cannot be reached
  void require(String name, boolean expires) throws CommandException {
    if (status(name).isEmpty()) {
      create(name);
    }
    awaitActive(name);
    if (expires) {
      removeExpired(name);
    }
  }

  /// The table's status; empty where it is missing.
  private Optional<TableStatus> status(String name) {
    try {
      return Optional.of(
          dynamo.describeTable(describe -> describe.tableName(name)).table().tableStatus());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  /// Of instances that start at once, one makes it.
  private void create(String name) {
    try {
      dynamo.createTable(create ->
          create
              .tableName(name)
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .attributeDefinitions(
                  AttributeDefinition.builder()
                      .attributeName(KEY)
                      .attributeType(ScalarAttributeType.S)
                      .build())
              .keySchema(
                  KeySchemaElement.builder().attributeName(KEY).keyType(KeyType.HASH).build()));
      log.println("made the table " + name);
    } catch (ResourceInUseException e) {
      // Another instance makes it.
    }
  }

  private void awaitActive(String name) throws CommandException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!status(name).equals(Optional.of(TableStatus.ACTIVE))) {
        if (System.nanoTime() > end) {
          throw new CommandException(
              "the table %s is not ready after %d s; look at it and start again"
                  .formatted(name, PATIENCE.toSeconds()));
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted while the table " + name + " is made");
    }
  }

  /// A database that removes nothing by time only grows.
  private void removeExpired(String name) {
    try {
      TimeToLiveStatus status =
          dynamo
              .describeTimeToLive(describe -> describe.tableName(name))
              .timeToLiveDescription()
              .timeToLiveStatus();
      if (status != TimeToLiveStatus.ENABLED && status != TimeToLiveStatus.ENABLING) {
        dynamo.updateTimeToLive(update ->
            update
                .tableName(name)
                .timeToLiveSpecification(ttl -> ttl.attributeName(EXPIRES).enabled(true)));
      }
    } catch (DynamoDbException e) {
      log.println(
          "the table %s keeps records whose time is over (%s)".formatted(name, e.getMessage()));
    }
  }
}
