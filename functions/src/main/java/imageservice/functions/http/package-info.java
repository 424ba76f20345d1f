/// HTTP for handlers: requests and answers as values, the API Gateway event both ways, routing, and
/// the one class that turns failures into responses.
@NullMarked
package imageservice.functions.http;

import org.jspecify.annotations.NullMarked;
