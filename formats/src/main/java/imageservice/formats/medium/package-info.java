/// Places on a medium, which every format of disks and of file systems counts in sectors.
@NullMarked
package imageservice.formats.medium;

import org.jspecify.annotations.NullMarked;
