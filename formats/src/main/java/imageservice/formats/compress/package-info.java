/// Compressed files made of what does not need compressing: {@link
/// imageservice.formats.compress.Codec} frames long slices as they are, describes zeros by
/// constants, and compresses only the small bytes in between, so that the result has an exact
/// length and any range of it can be read at once.
///
/// Written: xz, one stream of blocks of at most 16 MiB with CRC-32 and both sizes in the block
/// headers, one filter LZMA2 with a dictionary of 1 MiB; zstd (RFC 8878), one frame with a window
/// of 8 MiB and its content size, without a checksum of the content; gzip (RFC 1952), one member
/// without name or time. Always one stream, one frame, one member: Linux unpacks no more of an
/// initramfs segment, and many one-shot decoders silently stop after the first.
///
/// [imageservice.formats.compress.Gzip] packs a short text at once; it and all it uses are plain
/// Java that loads neither compressor.
@NullMarked
package imageservice.formats.compress;

import org.jspecify.annotations.NullMarked;
