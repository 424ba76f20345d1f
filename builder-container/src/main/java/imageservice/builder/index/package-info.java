/// Finds out which releases the source offers, and the digests and catalogues of each.
@NullMarked
package imageservice.builder.index;

import org.jspecify.annotations.NullMarked;
