/// Writes ISO 9660 volumes with Rock Ridge names and El Torito boot entries, in two passes: {@link
/// imageservice.formats.iso9660.IsoLayout} finds out where everything lies from lengths alone, and
/// its `encode` pours metadata and references to file contents into extents.
///
/// Supported: ECMA-119 interchange level 3 (files of several extents, so beyond 4 GiB; identifiers
/// of up to 30 characters); SUSP 1.12 SP, CE and ER; RRIP 1.12 PX, NM and TF; El Torito 1.0 without
/// emulation, for any number of platforms; the boot information table of `mkisofs`; ranges appended
/// behind the volume's files, for partitions.
///
/// Not supported: symbolic links and devices, Joliet, several volumes, a second descriptor set for
/// a partition, reading. Directories nested deeper than the 8 levels of ECMA-119 6.8.2.1 are
/// written where they are, without Rock Ridge relocation (CL, PL, RE), as xorriso does: every
/// reader of Rock Ridge follows them. The boot catalog lies in the volume but has no name in the
/// tree.
///
/// Order on the medium, in logical blocks of 2048 bytes: the caller's system area (0–15), the
/// volume descriptors (from 16), both path tables, the directories each with its continuation
/// areas, the boot catalog, the files from the shortest to the longest (so that the big ones form
/// long runs that can be copied), the appended ranges at their alignments, the caller's tail.
@NullMarked
package imageservice.formats.iso9660;

import org.jspecify.annotations.NullMarked;
