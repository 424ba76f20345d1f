/// Has the builder packed, which `builder-container/package` runs, and its start measured, which
/// `bench/run cold` runs: what it is to know by training, and the world in which it starts. No
/// test, and compiled with the tests so that nothing of it is deployed.
@NullMarked
package imageservice.builder.start;

import org.jspecify.annotations.NullMarked;
