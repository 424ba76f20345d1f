/// Linux kernel modules and the indexes depmod makes of them.
///
/// Read ([imageservice.formats.modules.ModuleFile]): relocatable little-endian ELF-64 for x86-64
/// and AArch64, of it `.modinfo`, `.symtab`, `.strtab`, `__ksymtab_strings`, `__versions` and the
/// sections of CRCs, plain and uncompressed; what follows the file, such as a signature, is not
/// looked at. Refused besides what is no such ELF: sections in extended numbering, needed sections
/// of more than 64 MiB, aliases and symbols that are not ASCII or longer than 1024 bytes.
///
/// Written ([imageservice.formats.modules.Depmod]): `modules.dep`, `modules.alias`,
/// `modules.symbols`, `modules.softdep`, `modules.devname`, `modules.dep.bin`, `modules.alias.bin`,
/// `modules.symbols.bin`, `modules.builtin.bin` and `modules.builtin.alias.bin`, byte for byte as
/// `depmod --all` of kmod 30 makes them, and on demand `modules.weakdep` of kmod 33 and later. From
/// kmod 34 on the binary ones have the same nodes in another order. Of depmod's configuration there
/// is `search` with directories and `built-in`; not `override`, `external` and `exclude`. Symbols
/// of the kernel itself are not known, as to depmod without `-F` or `-E`.
///
/// Orders that are depmod's own: modules as `modules.order` has them, those it does not name behind
/// them by [imageservice.formats.modules.HashOrder] in 512 buckets; symbols by the same in 2048.
/// Where depmod leaves it to the file system which of two modules of one name it finds first, the
/// byte order of their paths decides here.
@NullMarked
package imageservice.formats.modules;

import org.jspecify.annotations.NullMarked;
