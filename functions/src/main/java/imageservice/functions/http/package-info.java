/// HTTP as handlers see it: requests and answers as values, the API Gateway event both ways,
/// routing, and the one place that turns failures into what clients read.
@NullMarked
package imageservice.functions.http;

import org.jspecify.annotations.NullMarked;
