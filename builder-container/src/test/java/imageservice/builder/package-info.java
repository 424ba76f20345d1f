@NullMarked
package imageservice.builder;

import org.jspecify.annotations.NullMarked;
