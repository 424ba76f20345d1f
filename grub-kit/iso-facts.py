#!/usr/bin/env python3
"""Reads an ISO back and proves that its boot code is the kit's plus the patches of README.md, and nothing else.
Usage: iso-facts.py ISO KIT_DIR. Prints the facts; exit 1 where one is not as said."""
import pathlib, struct, sys, uuid, zlib

iso, kit = pathlib.Path(sys.argv[1]).read_bytes(), pathlib.Path(sys.argv[2])
ESP = uuid.UUID("c12a7328-f81f-11d2-ba4b-00a0c93ec93b")


def check(fact, holds):
    print(("ok    " if holds else "WRONG ") + fact)
    if not holds:
        sys.exit(1)


def u32(offset):
    return struct.unpack_from("<I", iso, offset)[0]


def entry(offset):
    """An entry of the boot catalog: indicator, media, load segment, sectors to load, first block"""
    return struct.unpack_from("<BBHxxHI", iso, offset)


# El Torito (version 1.0, section 2): boot record at block 17, catalog of 32-byte entries
check("block 16 is the primary volume descriptor", iso[16 * 2048:16 * 2048 + 6] == b"\x01CD001")
boot_record = 17 * 2048
check("block 17 is the boot record of El Torito",
      iso[boot_record:boot_record + 39] == b"\0CD001\x01EL TORITO SPECIFICATION".ljust(39, b"\0"))
catalog = u32(boot_record + 0x47) * 2048
words = struct.unpack_from("<16H", iso, catalog)
check(f"validation entry: {iso[catalog:catalog + 4].hex(' ')}, sum of its words is 0, ends in 55 aa",
      iso[catalog:catalog + 4] == bytes([1, 0, 0, 0]) and sum(words) % 65536 == 0 and words[15] == 0xAA55)
indicator, media, segment, sectors, bios = entry(catalog + 32)
check(f"entry 1: BIOS, no emulation, 4 sectors, block {bios}", (indicator, media, segment, sectors) == (0x88, 0, 0, 4))
check(f"section header: {iso[catalog + 64:catalog + 68].hex(' ')}", iso[catalog + 64:catalog + 68] == bytes([0x91, 0xEF, 1, 0]))
indicator, media, segment, sectors, efi = entry(catalog + 96)
check(f"entry 2: UEFI, no emulation, {sectors} sectors, block {efi}", (indicator, media, segment) == (0x88, 0, 0))

# the BIOS image: boot information table at 8, and where GRUB finds its second half at 2548
image = bytearray((kit / "eltorito.img").read_bytes())
check("eltorito.img of the kit is zero from 8 to 63, and u64 2 at 2548",
      not any(image[8:64]) and struct.unpack_from("<Q", image, 2548)[0] == 2)
struct.pack_into("<Q", image, 2548, 4 * bios + 5)
padded = image + b"\0" * (-len(image) % 4)
total = sum(struct.unpack_from(f"<{len(padded) // 4 - 16}I", padded, 64)) % 2**32  # so it covers the u64 at 2548
struct.pack_into("<IIII", image, 8, 16, bios, len(image), total)
check(f"eltorito.img + u64 {4 * bios + 5} at 2548 + u32 16, {bios}, {len(image)}, {total:#010x} at 8 is what the ISO holds",
      iso[bios * 2048:bios * 2048 + len(image)] == image)

# sector 0: boot_hybrid.img up to 440, then a protective MBR
hybrid = bytearray((kit / "boot_hybrid.img").read_bytes())
struct.pack_into("<Q", hybrid, 0x1B0, 4 * bios + 4)
check(f"boot_hybrid.img + u64 {4 * bios + 4} at 0x1b0 is in bytes 0 to 439", iso[:440] == hybrid[:440])
status, kind, first, count = struct.unpack_from("<B3xB3xII", iso, 446)
last = len(iso) // 512 - 1
check(f"440 to 445 {iso[440:446].hex(' ')}; partition 1: {iso[446:462].hex(' ')}; nothing else; 55 aa",
      (status, kind, first, count) == (0, 0xEE, 1, last) and not any(iso[462:510]) and iso[510:512] == b"\x55\xaa")

# GPT (UEFI 2.10, 5.3)
for here, there in ((1, last), (last, 1)):
    header = bytearray(iso[here * 512:here * 512 + 92])
    mine, other, usable, end, disk, table, entries, size, crc = struct.unpack_from("<QQQQ16sQIII", header, 24)
    found = struct.unpack_from("<I", header, 16)[0]
    struct.pack_into("<I", header, 16, 0)
    check(f"GPT header in sector {here}, the other in {there}, usable {usable} to {end}, {entries} entries at {table}; sums right",
          header[:8] == b"EFI PART" and (mine, other) == (here, there) and zlib.crc32(header) == found
          and zlib.crc32(iso[table * 512:table * 512 + entries * size]) == crc)
partitions = []
for i in range(entries):
    kind, guid, first, end, flags, name = struct.unpack_from("<16s16sQQQ72s", iso, table * 512 + i * size)
    if any(kind):
        partitions.append((uuid.UUID(bytes_le=kind), first, end))
        print(f"      partition {i + 1}: {uuid.UUID(bytes_le=kind)} {first} to {end} flags {flags:#x} {name.decode('utf-16le').rstrip(chr(0))!r}")
fat = 512 * struct.unpack_from("<H", iso, efi * 2048 + 19)[0]
check(f"the ESP in the GPT begins at 4 * {efi} and covers the {fat} bytes of efi.img", any(
    kind == ESP and first == 4 * efi and (end - first + 1) * 512 == fat for kind, first, end in partitions))
check("efi.img is a FAT12 or FAT16", iso[efi * 2048 + 54:efi * 2048 + 61] in (b"FAT12  ", b"FAT16  "))
