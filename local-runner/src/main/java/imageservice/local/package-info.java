/// The whole service on one machine: the Lambda handlers behind an HTTP server that makes the
/// events of API Gateway, S3's requests over a folder, tables in a file, the builder on a few
/// threads.
@NullMarked
package imageservice.local;

import org.jspecify.annotations.NullMarked;
