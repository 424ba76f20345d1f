/// What to build: a configuration and a release become a plan that holds only digests.
@NullMarked
package imageservice.plan;

import org.jspecify.annotations.NullMarked;
