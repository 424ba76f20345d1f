/// Where formats meet Talos: plans become blobs. One assembler an output; nothing is copied but
/// what is small, so an assembled asset is a description that costs what it weighs only when
/// somebody reads it.
@NullMarked
package imageservice.builder.assemble;

import org.jspecify.annotations.NullMarked;
