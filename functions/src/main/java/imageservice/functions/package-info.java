/// The request side: from an HTTP request to a redirect. Each `…Function` is one Lambda function;
/// {@link imageservice.functions.FunctionsWiring} is where they get what they work with.
@NullMarked
package imageservice.functions;

import org.jspecify.annotations.NullMarked;
