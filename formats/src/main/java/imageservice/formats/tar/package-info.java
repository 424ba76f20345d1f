/// Tar archives, and sparse files in them as GNU tar has them.
@NullMarked
package imageservice.formats.tar;

import org.jspecify.annotations.NullMarked;
