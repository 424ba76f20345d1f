/// Assets: their names with the grammar both ways, kinds, platforms, architectures and addresses.
@NullMarked
package imageservice.asset;

import org.jspecify.annotations.NullMarked;
