package imageservice.local;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say where a service keeps everything, if not in its folder.
final class StoreOptions {
  static final String STORE = "--store";
  static final String S3 = "--s3-endpoint";
  static final String TABLES = "--tables";
  static final String DYNAMODB = "--dynamodb-endpoint";

  private static final String KIND = "dynamodb";
  private static final String STANDARD_PREFIX = "image-service";

  /// S3's own rule for names of buckets, but for its finer points.
  private static final Pattern BUCKET =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/?");

  private static final Pattern PREFIX = Pattern.compile(KIND + "(:([A-Za-z0-9_.-]{1,200}))?");

  @Option(
      names = STORE,
      paramLabel = "s3://BUCKET",
      description =
          "keep assets in this bucket, which other instances share, rather than in the folder; with "
              + TABLES
              + ". Credentials as AWS's tools find them, such as in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
  private @Nullable String store;

  @Option(
      names = S3,
      paramLabel = "URL",
      description = "the address of S3's protocol, such as http://minio:9000 (default: AWS's own)")
  private @Nullable String s3;

  @Option(
      names = TABLES,
      paramLabel = "dynamodb[:PREFIX]",
      description =
          "keep configurations and records in tables of DynamoDB, PREFIX-configurations and PREFIX-builds, which are made where they are missing; with "
              + STORE
              + " (PREFIX: image-service)")
  private @Nullable String tables;

  @Option(
      names = DYNAMODB,
      paramLabel = "URL",
      description =
          "the address of DynamoDB's protocol, such as http://scylla:8000 (default: AWS's own)")
  private @Nullable String dynamodb;

  /// The store that is shared with other instances; empty where all is in the folder.
  ///
  /// @param addresses of which one must be given, as it is part of what is built
  Optional<SharedStore> shared(Addresses addresses) throws CommandException {
    if (store == null && tables == null) {
      requireNone(S3, s3, STORE + " s3://BUCKET");
      requireNone(DYNAMODB, dynamodb, TABLES + " " + KIND);
      return Optional.empty();
    }
    if (store == null || tables == null) {
      throw new CommandException(
          store == null
              ? "%s: tables that instances share need a store that they share; add %s s3://BUCKET"
                  .formatted(TABLES, STORE)
              : "%s: a store that instances share needs tables that they share; add %s %s"
                  .formatted(STORE, TABLES, KIND));
    }
    if (addresses.external().isEmpty()) {
      throw new CommandException(
          "%s: all instances must be known by one address, which is part of what they build: add --external-url, the same for each, such as --external-url https://images.example.com/"
              .formatted(STORE));
    }
    return Optional.of(
        new SharedStore(
            matched(BUCKET, STORE, store, "s3://BUCKET").group(1),
            endpoint(S3, s3),
            prefix(tables),
            endpoint(DYNAMODB, dynamodb),
            addresses.objects().map(StoreOptions::withoutSlash)));
  }

  private static void requireNone(String option, @Nullable String value, String with)
      throws CommandException {
    if (value != null) {
      throw new CommandException("%s: only with %s".formatted(option, with));
    }
  }

  private static String prefix(String text) throws CommandException {
    String given = matched(PREFIX, TABLES, text, KIND + " or " + KIND + ":PREFIX").group(2);
    return given == null ? STANDARD_PREFIX : given;
  }

  private static Matcher matched(Pattern pattern, String option, String text, String form)
      throws CommandException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new CommandException("%s %s: give it as %s".formatted(option, text, form));
    }
    return matcher;
  }

  private static Optional<URI> endpoint(String option, @Nullable String text)
      throws CommandException {
    if (text == null) {
      return Optional.empty();
    }
    if (!text.matches("https?://[^\\s/@?#]+/?")) {
      throw new CommandException(
          "%s %s: not an address of a host, such as http://192.168.1.5:9000"
              .formatted(option, text));
    }
    return Optional.of(withoutSlash(text));
  }

  private static URI withoutSlash(String address) {
    return URI.create(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
  }
}
