/// What single-board computers need on a disk besides what boots Talos: the files of an overlay or
/// of a release, and where they lie.
@NullMarked
package imageservice.plan.firmware;

import org.jspecify.annotations.NullMarked;
