@NullMarked
package imageservice.configuration;

import org.jspecify.annotations.NullMarked;
