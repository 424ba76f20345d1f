/// Boot scripts for iPXE, and the list of what they can boot.
@NullMarked
package imageservice.functions.pxe;

import org.jspecify.annotations.NullMarked;
