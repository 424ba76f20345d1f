/// Foreign judges, and what they judge, for tests of every module.
@NullMarked
package imageservice.formats.testing;

import org.jspecify.annotations.NullMarked;
