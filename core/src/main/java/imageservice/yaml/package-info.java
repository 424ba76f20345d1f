/// Writes YAML in block style as go-yaml lays it out, to the byte: what ids are hashes of, and what
/// machines and other tools read. Written by hand, for no YAML library writes it, and no upgrade of
/// one may change a byte. Reads nothing: configurations are read by {@link
/// imageservice.configuration}.
@NullMarked
package imageservice.yaml;

import org.jspecify.annotations.NullMarked;
