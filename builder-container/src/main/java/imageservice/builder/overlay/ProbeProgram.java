package imageservice.builder.overlay;

import imageservice.formats.blob.Blob;
import imageservice.formats.struct.Struct;

/// The smallest program for linux/amd64: it ends with status 0. A machine that runs it in a sandbox
/// runs programs of overlays.
final class ProbeProgram {
  private static final int FILE_HEADER = 64;
  private static final int PROGRAM_HEADER = 56;
  private static final long ADDRESS = 0x40_0000;

  /// xor edi, edi; mov eax, 60 (exit); syscall
  private static final byte[] CODE = {
    0x31, (byte) 0xFF, (byte) 0xB8, 60, 0, 0, 0, 0x0F, 0x05,
  };

  private static final int SIZE = FILE_HEADER + PROGRAM_HEADER + CODE.length;

  private ProbeProgram() {}

  /// ELF-64 Object File Format 1.5, figures 2 and 6.
  static Blob blob() {
    return Blob.of(
        Struct.littleEndian(SIZE)
            .u8("EI_MAG0", 0x7F)
            .ascii("EI_MAG1", "ELF")
            .u8("EI_CLASS", 2) // 64 bits
            .u8("EI_DATA", 1) // little-endian
            .u8("EI_VERSION", 1)
            .zeros("EI_OSABI", 9)
            .u16("e_type", 2) // executable
            .u16("e_machine", 62) // x86-64
            .u32("e_version", 1)
            .u64("e_entry", ADDRESS + FILE_HEADER + PROGRAM_HEADER)
            .u64("e_phoff", FILE_HEADER)
            .u64("e_shoff", 0)
            .u32("e_flags", 0)
            .u16("e_ehsize", FILE_HEADER)
            .u16("e_phentsize", PROGRAM_HEADER)
            .u16("e_phnum", 1)
            .zeros("e_shentsize", 6)
            .u32("p_type", 1) // loaded
            .u32("p_flags", 5) // readable, executable
            .u64("p_offset", 0)
            .u64("p_vaddr", ADDRESS)
            .u64("p_paddr", ADDRESS)
            .u64("p_filesz", SIZE)
            .u64("p_memsz", SIZE)
            .u64("p_align", 0x1000)
            .bytes("code", CODE)
            .toBytes());
  }
}
