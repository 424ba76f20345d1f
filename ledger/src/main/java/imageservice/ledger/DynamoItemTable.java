package imageservice.ledger;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/// Items in a DynamoDB table with the string partition key `pk` and the attributes `revision`
/// (number), `text` (string) and, where the table may remove it, `expires` (number, seconds since
/// 1970). Each write is one conditional `PutItem` or `DeleteItem`, or one `UpdateItem` that counts,
/// so any endpoint that speaks DynamoDB's protocol serves.
public final class DynamoItemTable implements ItemTable {
  private static final String KEY = "pk";
  private static final String REVISION = "revision";
  private static final String TEXT = "text";
  private static final String EXPIRES = "expires";
  private static final String ABSENT = "attribute_not_exists(pk)";
  private static final String UNCHANGED = "revision = :expected";

  private final Supplier<DynamoDbClient> dynamo;
  private final String table;

  public DynamoItemTable(Supplier<DynamoDbClient> dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public Optional<Item> find(String key) throws IOException {
    try {
      Map<String, AttributeValue> item =
          dynamo
              .get()
              .getItem(get -> get.tableName(table).key(key(key)).consistentRead(true))
              .item();
      return item.isEmpty() ? Optional.empty() : Optional.of(item(item));
    } catch (SdkException e) {
      throw unreachable(e);
    }
  }

  /// DynamoDB answers with at most 16 MiB and returns the other keys as unprocessed, for the next
  /// call.
  @Override
  public Map<String, Item> findAll(Set<String> keys) throws IOException {
    Map<String, Item> found = new HashMap<>();
    Map<String, KeysAndAttributes> wanted = keys.isEmpty() ? Map.of() : Map.of(table, keys(keys));
    try {
      while (!wanted.isEmpty()) {
        BatchGetItemResponse answer = dynamo.get().batchGetItem(get(wanted));
        for (Map<String, AttributeValue> attributes :
            answer.responses().getOrDefault(table, List.of())) {
          Item item = item(attributes);
          found.put(item.key(), item);
        }
        wanted = answer.unprocessedKeys();
      }
      return found;
    } catch (SdkException e) {
      throw unreachable(e);
    }
  }

  private static BatchGetItemRequest get(Map<String, KeysAndAttributes> wanted) {
    return BatchGetItemRequest.builder().requestItems(wanted).build();
  }

  private static KeysAndAttributes keys(Set<String> keys) {
    return KeysAndAttributes.builder()
        .keys(keys.stream().map(DynamoItemTable::key).toList())
        .consistentRead(true)
        .build();
  }

  @Override
  public boolean create(String key, String text, Instant expires) throws IOException {
    return conditional(() ->
        dynamo
            .get()
            .putItem(put ->
                put.tableName(table)
                    .item(attributes(new Item(key, 1, text), expires))
                    .conditionExpression(ABSENT)));
  }

  @Override
  public boolean replace(Item expected, String text, Instant expires) throws IOException {
    Item changed = new Item(expected.key(), expected.revision() + 1, text);
    return conditional(() ->
        dynamo
            .get()
            .putItem(put ->
                put.tableName(table)
                    .item(attributes(changed, expires))
                    .conditionExpression(UNCHANGED)
                    .expressionAttributeValues(expectation(expected))));
  }

  @Override
  public boolean remove(Item expected) throws IOException {
    return conditional(() ->
        dynamo
            .get()
            .deleteItem(delete ->
                delete
                    .tableName(table)
                    .key(key(expected.key()))
                    .conditionExpression(UNCHANGED)
                    .expressionAttributeValues(expectation(expected))));
  }

  @Override
  public long count(String key) throws IOException {
    try {
      AttributeValue counted =
          dynamo
              .get()
              .updateItem(update ->
                  update
                      .tableName(table)
                      .key(key(key))
                      .updateExpression("ADD #revision :one SET #text = :none")
                      .expressionAttributeNames(Map.of("#revision", REVISION, "#text", TEXT))
                      .expressionAttributeValues(
                          Map.of(":one", number(1), ":none", AttributeValue.fromS("")))
                      .returnValues(ReturnValue.UPDATED_NEW))
              .attributes()
              .get(REVISION);
      if (counted == null) {
        throw new IOException("DynamoDB table " + table + ": no number of " + key);
      }
      return Long.parseLong(counted.n());
    } catch (SdkException e) {
      throw unreachable(e);
    }
  }

  private boolean conditional(Runnable write) throws IOException {
    try {
      write.run();
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    } catch (SdkException e) {
      throw unreachable(e);
    }
  }

  private IOException unreachable(SdkException e) {
    return new IOException("DynamoDB table " + table + ": " + e.getMessage(), e);
  }

  private static Map<String, AttributeValue> key(String key) {
    return Map.of(KEY, AttributeValue.fromS(key));
  }

  private static Map<String, AttributeValue> expectation(Item expected) {
    return Map.of(":expected", number(expected.revision()));
  }

  private static Map<String, AttributeValue> attributes(Item item, Instant expires) {
    Map<String, AttributeValue> attributes = new HashMap<>(key(item.key()));
    attributes.put(REVISION, number(item.revision()));
    attributes.put(TEXT, AttributeValue.fromS(item.text()));
    if (!expires.equals(NEVER)) {
      attributes.put(EXPIRES, number(expires.getEpochSecond()));
    }
    return attributes;
  }

  private static Item item(Map<String, AttributeValue> attributes) throws IOException {
    AttributeValue key = attributes.get(KEY);
    AttributeValue revision = attributes.get(REVISION);
    AttributeValue text = attributes.get(TEXT);
    if (key == null || revision == null || text == null) {
      throw new IOException("DynamoDB item without " + KEY + ", " + REVISION + " or " + TEXT);
    }
    return new Item(key.s(), Long.parseLong(revision.n()), text.s());
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
