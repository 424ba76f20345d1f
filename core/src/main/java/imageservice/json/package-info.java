/// JSON as the rooms use it: read strictly, written canonically. Identifiers hash what is written
/// here, so no library's upgrade can change one.
@NullMarked
package imageservice.json;

import org.jspecify.annotations.NullMarked;
