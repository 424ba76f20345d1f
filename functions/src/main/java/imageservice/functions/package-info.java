/// The request side: from an HTTP request to a redirect. Each `…Function` is one Lambda function;
/// {@link imageservice.functions.FunctionsWiring} constructs the objects they share. "The
/// reference" is Sidero's Image Factory, whose API, texts and ids this service keeps.
@NullMarked
package imageservice.functions;

import org.jspecify.annotations.NullMarked;
