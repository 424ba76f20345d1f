/// The files of an image: its layers put on each other, each streamed once, and the wanted files
/// kept in a cache ({@link imageservice.builder.layers.ImageFiles}).
///
/// Subset: layers as plain tar, gzip or zstd. Paths in layers are names: a parent that is a
/// symbolic link is not followed.
@NullMarked
package imageservice.builder.layers;

import org.jspecify.annotations.NullMarked;
