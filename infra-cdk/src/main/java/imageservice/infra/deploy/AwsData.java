package imageservice.infra.deploy;

import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/// Deletes what people stored, for good.
record AwsData(AwsAccess access, Report report) {
  private static final String AGAIN = "delete it by hand; the stack is gone";

  void delete(Leftovers leftovers) throws DeployException {
    if (leftovers.table().isPresent()) {
      table(leftovers.table().get());
    }
    if (leftovers.bucket().isPresent()) {
      bucket(leftovers.bucket().get());
    }
    String repository = leftovers.repository();
    boolean deleted =
        new EcrRepository(access, repository, access.surroundings().variable("DEPLOY_REGISTRY"))
            .delete();
    report.say(
        deleted ? "deleted the ECR repository " + repository : "no ECR repository " + repository);
  }

  private void table(String name) throws DeployException {
    try (DynamoDbClient tables = access.configured(DynamoDbClient.builder()).build()) {
      tables.updateTable(update -> update.tableName(name).deletionProtectionEnabled(false));
      tables.deleteTable(delete -> delete.tableName(name));
      report.say("deleted the table " + name);
    } catch (ResourceNotFoundException e) {
      report.say("the table " + name + " is gone");
    } catch (SdkException e) {
      throw DeployException.of("the table " + name + " is still there", e, AGAIN);
    }
  }

  private void bucket(String name) throws DeployException {
    boolean emulated = access.surroundings().endpoint().isPresent();
    try (S3Client s3 = access.configured(S3Client.builder()).forcePathStyle(emulated).build()) {
      empty(s3, name);
      s3.deleteBucket(delete -> delete.bucket(name));
      report.say("deleted the bucket " + name);
    } catch (NoSuchBucketException e) {
      report.say("the bucket " + name + " is gone");
    } catch (SdkException e) {
      throw DeployException.of("the bucket " + name + " is still there", e, AGAIN);
    }
  }

  private static void empty(S3Client s3, String name) {
    s3.listObjectsV2Paginator(list -> list.bucket(name))
        .forEach(page -> {
          List<ObjectIdentifier> keys =
              page.contents().stream()
                  .map(object -> ObjectIdentifier.builder().key(object.key()).build())
                  .toList();
          if (!keys.isEmpty()) {
            s3.deleteObjects(delete -> delete.bucket(name).delete(all -> all.objects(keys)));
          }
        });
  }
}
