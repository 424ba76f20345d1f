/// The service from outside: HTTP in, bytes out. Nothing here names a class of ours.
@NullMarked
package imageservice.blackbox;

import org.jspecify.annotations.NullMarked;
