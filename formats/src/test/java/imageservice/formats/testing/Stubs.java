package imageservice.formats.testing;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.Alignment;
import imageservice.formats.struct.Struct;
import java.util.List;

/// PE32+ images to append to, written field by field from the specification.
public final class Stubs {
  public static final int AMD64 = 0x8664;
  public static final int ARM64 = 0xAA64;
  public static final int LFANEW = 0x40;

  /// A section as a section table describes it, filled with bytes of its own.
  public record Section(String name, long address, long size, long characteristics) {}

  private Stubs() {}

  /// One as small as they get.
  public static Blob small(int machine) {
    return of(
        machine,
        0x1000,
        List.of(
            new Section(".text", 0x1000, 700, 0x6000_0020L),
            new Section(".sbat", 0x2000, 250, 0x4000_0040L),
            new Section(".reloc", 0x3000, 12, 0x4200_0040L)));
  }

  public static Blob of(int machine, long entry, List<Section> sections) {
    long headers = Alignment.roundUp(LFANEW + 24 + 240 + 40L * sections.size(), 512);
    Extents.Builder out = Extents.builder().add(dosHeader()).add(coff(machine, sections.size()));
    out.add(optional(entry, headers, sections)).add(table(headers, sections));
    out.zerosTo(headers);
    for (Section section : sections) {
      out.add(content(section)).alignTo(512);
    }
    return out.build();
  }

  public static byte[] content(Section section) {
    byte[] content = new byte[(int) section.size()];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + section.name().hashCode() + (i >> 8));
    }
    return content;
  }

  private static byte[] dosHeader() {
    return Struct.littleEndian(LFANEW)
        .ascii("e_magic", "MZ")
        .u16("e_cblp", 0x90)
        .zeros("e_cp to e_res2", 56)
        .u32("e_lfanew", LFANEW)
        .toBytes();
  }

  private static byte[] coff(int machine, int sections) {
    return Struct.littleEndian(24)
        .ascii("Signature", "PE\0\0")
        .u16("Machine", machine)
        .u16("NumberOfSections", sections)
        .u32("TimeDateStamp", 1_700_000_000)
        .u32("PointerToSymbolTable", 0)
        .u32("NumberOfSymbols", 0)
        .u16("SizeOfOptionalHeader", 240)
        .u16("Characteristics", 0x22E)
        .toBytes();
  }

  private static byte[] optional(long entry, long headers, List<Section> sections) {
    Section last = sections.getLast();
    Struct header =
        Struct.littleEndian(240)
            .u16("Magic", 0x20B)
            .u8("MajorLinkerVersion", 2)
            .u8("MinorLinkerVersion", 40)
            .u32("SizeOfCode", 1)
            .u32("SizeOfInitializedData", 2)
            .u32("SizeOfUninitializedData", 0)
            .u32("AddressOfEntryPoint", entry)
            .u32("BaseOfCode", 0x1000)
            .u64("ImageBase", 0x1_4DF9_0000L)
            .u32("SectionAlignment", 4096)
            .u32("FileAlignment", 512)
            .u16("MajorOperatingSystemVersion", 0)
            .u16("MinorOperatingSystemVersion", 0)
            .u16("MajorImageVersion", 257)
            .u16("MinorImageVersion", 13)
            .u16("MajorSubsystemVersion", 1)
            .u16("MinorSubsystemVersion", 1)
            .u32("Win32VersionValue", 0)
            .u32("SizeOfImage", Alignment.roundUp(last.address() + last.size(), 4096))
            .u32("SizeOfHeaders", headers)
            .u32("CheckSum", 77)
            .u16("Subsystem", 10)
            .u16("DllCharacteristics", 0x160)
            .u64("SizeOfStackReserve", 1 << 20)
            .u64("SizeOfStackCommit", 4096)
            .u64("SizeOfHeapReserve", 1 << 20)
            .u64("SizeOfHeapCommit", 4096)
            .u32("LoaderFlags", 0)
            .u32("NumberOfRvaAndSizes", 16);
    for (int i = 0; i < 16; i++) {
      header.u32("VirtualAddress" + i, i == 5 ? last.address() : 0);
      header.u32("Size" + i, i == 5 ? last.size() : 0);
    }
    return header.toBytes();
  }

  private static byte[] table(long headers, List<Section> sections) {
    Extents.Builder table = Extents.builder();
    long pointer = headers;
    for (Section section : sections) {
      long raw = Alignment.roundUp(section.size(), 512);
      table.add(
          Struct.littleEndian(40)
              .ascii("Name", section.name(), 8, '\0')
              .u32("VirtualSize", section.size())
              .u32("VirtualAddress", section.address())
              .u32("SizeOfRawData", raw)
              .u32("PointerToRawData", pointer)
              .zeros("PointerToRelocations to NumberOfLinenumbers", 12)
              .u32("Characteristics", section.characteristics())
              .toBytes());
      pointer += raw;
    }
    try {
      return table.build().bytes(1 << 20);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
