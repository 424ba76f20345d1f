/// Source material that was fetched once by any builder.
@NullMarked
package imageservice.builder.shared;

import org.jspecify.annotations.NullMarked;
