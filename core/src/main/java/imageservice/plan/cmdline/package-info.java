/// Kernel command lines: the arguments of platform, board, overlay, release and configuration, and
/// their order.
@NullMarked
package imageservice.plan.cmdline;

import org.jspecify.annotations.NullMarked;
