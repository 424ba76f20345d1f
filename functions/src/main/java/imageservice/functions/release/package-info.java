/// What the service offers and how it is: versions, health.
@NullMarked
package imageservice.functions.release;

import org.jspecify.annotations.NullMarked;
