/// The stack that runs the service on AWS: two tables, a bucket, an HTTP API, three functions that
/// answer requests, and two that build. It knows the rest of the project only by the names of
/// handlers and of the variables that they read.
@NullMarked
package imageservice.infra;

import org.jspecify.annotations.NullMarked;
