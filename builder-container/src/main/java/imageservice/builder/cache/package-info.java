/// What is kept on disk: blobs by digest ({@link imageservice.builder.cache.BlobCache}), and what
/// was made from them ({@link imageservice.builder.cache.Derived}).
@NullMarked
package imageservice.builder.cache;

import org.jspecify.annotations.NullMarked;
