/// Assets over HTTP: find the object, or have it built while the client waits, then send the client
/// to it.
@NullMarked
package imageservice.functions.asset;

import org.jspecify.annotations.NullMarked;
