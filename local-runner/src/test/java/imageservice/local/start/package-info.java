/// Makes the distribution: the whole service with a runtime and a start-up cache of its own.
@NullMarked
package imageservice.local.start;

import org.jspecify.annotations.NullMarked;
