/// Content as a value: a {@link imageservice.formats.blob.Blob} has an exact length and can be read
/// at any range, any number of times; an {@link imageservice.formats.blob.Extent} is a contiguous
/// run on a medium, and {@link imageservice.formats.blob.Extents} is a medium made of them, itself
/// a blob again. Nothing here copies what it describes: an image of gigabytes is a few hundred
/// small objects until somebody reads it.
@NullMarked
package imageservice.formats.blob;

import org.jspecify.annotations.NullMarked;
