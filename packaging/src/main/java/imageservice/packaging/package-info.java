/// Packs functions so that they start quickly: with a runtime image and a start-up cache of their
/// own, which the whole service has as well. What starts functions to fill the cache, or to measure
/// a cold start, is Lambda's own runtime interface client, beside stand-ins for AWS.
@NullMarked
package imageservice.packaging;

import org.jspecify.annotations.NullMarked;
