/// The pages for people: files of the jar, and the choices that they show.
@NullMarked
package imageservice.functions.web;

import org.jspecify.annotations.NullMarked;
