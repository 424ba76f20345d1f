/// Stores assets where clients download them.
@NullMarked
package imageservice.builder.store;

import org.jspecify.annotations.NullMarked;
