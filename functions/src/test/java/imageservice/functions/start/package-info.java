/// What makes functions start quickly: the package with a runtime and a start-up cache of its own,
/// which `functions/package` makes, and what a cold start costs, which `bench/run cold` measures.
/// Both start functions by Lambda's own runtime interface client, beside stand-ins for AWS. No
/// test, and compiled with the tests so that nothing of it is deployed.
@NullMarked
package imageservice.functions.start;

import org.jspecify.annotations.NullMarked;
