/// Reads the YAML documents that others write: catalogues, manifests of extensions, what overlays'
/// programs print. YAML 1.1 by Jackson's parser and snakeyaml, without complex keys, merge keys and
/// typed scalars: a scalar stays the text that is written, so that the version `1.10` is not `1.1`.
@NullMarked
package imageservice.builder.yaml;

import org.jspecify.annotations.NullMarked;
