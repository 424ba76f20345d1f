/// Where formats meet Talos: plans become blobs, with one assembler for each output. An assembled
/// asset refers to the blobs of its material and copies only small pieces; its bytes are made when
/// they are read.
@NullMarked
package imageservice.builder.assemble;

import org.jspecify.annotations.NullMarked;
