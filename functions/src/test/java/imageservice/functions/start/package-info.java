/// Has the functions packed, which `functions/package` runs, and their starts measured, which
/// `bench/run cold` runs: what they are to know by training, and the world in which they start. No
/// test, and compiled with the tests so that nothing of it is deployed.
@NullMarked
package imageservice.functions.start;

import org.jspecify.annotations.NullMarked;
