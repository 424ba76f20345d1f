/// Lays bytes out. Knows nothing of Talos, AWS or plans; one room a format, and no format knows
/// another.
@NullMarked
package imageservice.formats;

import org.jspecify.annotations.NullMarked;
