/// Virtual hard disks of fixed size.
@NullMarked
package imageservice.formats.vhd;

import org.jspecify.annotations.NullMarked;
