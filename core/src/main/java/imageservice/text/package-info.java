/// Text of others in messages.
@NullMarked
package imageservice.text;

import org.jspecify.annotations.NullMarked;
