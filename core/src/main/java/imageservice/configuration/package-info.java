/// A person's customisation: the document, its decoding, its canonical text and its id.
@NullMarked
package imageservice.configuration;

import org.jspecify.annotations.NullMarked;
