/// Kernel command lines: what a platform, a board, an overlay, the release and the configuration
/// bring to one, and in which order.
@NullMarked
package imageservice.plan.cmdline;

import org.jspecify.annotations.NullMarked;
