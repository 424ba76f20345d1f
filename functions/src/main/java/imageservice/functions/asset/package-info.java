/// Assets over HTTP: a handler finds the asset in the store, or orders its build while the client
/// waits, then redirects the client to the asset.
@NullMarked
package imageservice.functions.asset;

import org.jspecify.annotations.NullMarked;
