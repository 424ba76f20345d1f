/// Reads the headers of PE32+ images and writes images with further sections: Microsoft's "PE
/// Format" of 2024, and the way unified kernel images are made of a stub (UAPI.5).
///
/// {@link imageservice.formats.pe.PeImage} is what an image's headers say, {@link
/// imageservice.formats.pe.PeLayout} places the sections of an image and of what is appended to it,
/// and its `encode` pours new headers and references to contents into extents. {@link
/// imageservice.formats.pe.Authenticode} hashes an image as its signature does and adds signatures:
/// Microsoft's "Windows Authenticode Portable Executable Signature Format" of 2008, and PE Format,
/// "The Attribute Certificate Table".
///
/// Supported: PE32+ images of up to 96 sections with up to 16 data directories, whose sections lie
/// in ascending order and do not overlap, in memory nor behind each other's raw data. Written: a
/// minimal DOS header, the given headers with sizes and counts set anew, no checksum, no linker
/// version, one time stamp, raw data moved together and aligned.
///
/// Not supported: PE32, COFF symbols and string tables, relocations and line numbers of sections,
/// extending an image that is signed already, signing one with gaps between raw data, page hashes,
/// data directories that hold file offsets (only the certificate table does), names of more than 8
/// characters. Nothing that lies outside of headers and sections is kept.
@NullMarked
package imageservice.formats.pe;

import org.jspecify.annotations.NullMarked;
