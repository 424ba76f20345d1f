@NullMarked
package imageservice.demo;

import org.jspecify.annotations.NullMarked;
