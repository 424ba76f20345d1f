/// Asks the programs of overlays whose kernel arguments the service does not know, where the
/// operator allows foreign code to run.
@NullMarked
package imageservice.builder.overlay;

import org.jspecify.annotations.NullMarked;
