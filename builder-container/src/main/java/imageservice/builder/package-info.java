/// The build side: an order comes in, an object is there, and the record says so. {@link
/// imageservice.builder.Builder} carries orders out, whatever it runs on.
@NullMarked
package imageservice.builder;

import org.jspecify.annotations.NullMarked;
