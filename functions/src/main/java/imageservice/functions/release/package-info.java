/// Releases over HTTP: versions, catalogues, release documents; and the service's health.
@NullMarked
package imageservice.functions.release;

import org.jspecify.annotations.NullMarked;
