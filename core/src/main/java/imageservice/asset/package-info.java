/// Finished files by name: platforms, architectures, outputs, and the grammar of asset names both
/// ways.
@NullMarked
package imageservice.asset;

import org.jspecify.annotations.NullMarked;
