/// The builder's image as it is built and as Lambda runs it.
@NullMarked
package imageservice.blackbox.container;

import org.jspecify.annotations.NullMarked;
