/// What a deployment needs of the machine and of the account, told from facts: nothing here asks
/// anybody.
@NullMarked
package imageservice.infra.preflight;

import org.jspecify.annotations.NullMarked;
