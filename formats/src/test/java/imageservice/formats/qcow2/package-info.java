@NullMarked
package imageservice.formats.qcow2;

import org.jspecify.annotations.NullMarked;
