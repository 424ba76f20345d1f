/// The benchmark that `bench/run` runs: no test, and never part of the build but for being compiled
/// with it.
@NullMarked
package imageservice.builder.bench;

import org.jspecify.annotations.NullMarked;
