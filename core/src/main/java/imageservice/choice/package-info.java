/// What people choose from: platforms, boards, and what a version can do with them.
@NullMarked
package imageservice.choice;

import org.jspecify.annotations.NullMarked;
