/// Configurations over HTTP: post one, get its id; ask for it by id.
@NullMarked
package imageservice.functions.configuration;

import org.jspecify.annotations.NullMarked;
