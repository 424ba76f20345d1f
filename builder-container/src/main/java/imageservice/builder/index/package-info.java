/// Finds out what can be built from: which versions the source offers, and by which digests.
@NullMarked
package imageservice.builder.index;

import org.jspecify.annotations.NullMarked;
