@NullMarked
package imageservice;

import org.jspecify.annotations.NullMarked;
