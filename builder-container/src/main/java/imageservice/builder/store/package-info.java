/// Puts finished assets where clients fetch them.
@NullMarked
package imageservice.builder.store;

import org.jspecify.annotations.NullMarked;
