@NullMarked
package imageservice.builder.shared;

import org.jspecify.annotations.NullMarked;
