/// The build side: it takes an order, stores the product, and writes the outcome into the record.
/// {@link imageservice.builder.Builder} carries orders out, on AWS and on one machine alike.
@NullMarked
package imageservice.builder;

import org.jspecify.annotations.NullMarked;
