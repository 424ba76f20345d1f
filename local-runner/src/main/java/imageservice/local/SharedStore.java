package imageservice.local;

import java.net.URI;
import java.util.Optional;

/// A bucket and tables that several instances share.
///
/// @param s3 address of S3's protocol without a final slash; empty for AWS's own
/// @param prefix of the tables' names
/// @param dynamodb address of DynamoDB's protocol without a final slash; empty for AWS's own
/// @param objects the address that links to objects are signed for without a final slash; empty for
///   that of the protocol
record SharedStore(
    String bucket, Optional<URI> s3, String prefix, Optional<URI> dynamodb, Optional<URI> objects) {
  String configurations() {
    return prefix + "-configurations";
  }

  String builds() {
    return prefix + "-builds";
  }
}
