/// Fixed structures of on-disk formats: fields in the order and under the names of their
/// specification.
@NullMarked
package imageservice.formats.struct;

import org.jspecify.annotations.NullMarked;
