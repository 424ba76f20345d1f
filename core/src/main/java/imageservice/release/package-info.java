/// What Talos releases are and what each can do: versions, capabilities, digests of what a release
/// offers.
@NullMarked
package imageservice.release;

import org.jspecify.annotations.NullMarked;
