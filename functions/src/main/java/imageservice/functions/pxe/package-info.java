/// Boot scripts for iPXE, and what can be booted by them.
@NullMarked
package imageservice.functions.pxe;

import org.jspecify.annotations.NullMarked;
