/// Overlays whose kernel arguments are not known here: asking their own programs, where the
/// operator allows that foreign code runs.
@NullMarked
package imageservice.builder.overlay;

import org.jspecify.annotations.NullMarked;
