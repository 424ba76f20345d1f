/// Configurations over HTTP: clients post one and get its id, or get the stored one by its id.
@NullMarked
package imageservice.functions.configuration;

import org.jspecify.annotations.NullMarked;
