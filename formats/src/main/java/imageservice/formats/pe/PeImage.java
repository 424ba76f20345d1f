package imageservice.formats.pe;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.StructReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An image as its headers describe it. Contents of sections are read when they are asked for.
public final class PeImage {
  static final String FORMAT = "pe";
  static final int DOS_HEADER = 64;
  static final byte[] SIGNATURE = {'P', 'E', 0, 0};

  /// In the DOS header: where the signature lies.
  private static final int LFANEW = 60;

  /// Where the signature lies at most, as no compiler puts it further.
  private static final long LARGEST_LFANEW = 64 << 10;

  private final Blob content;
  private final byte[] dosHeader;
  private final long lfanew;
  private final CoffHeader coff;
  private final OptionalHeader optional;
  private final List<SectionHeader> sections;

  private PeImage(
      Blob content,
      byte[] dosHeader,
      long lfanew,
      CoffHeader coff,
      OptionalHeader optional,
      List<SectionHeader> sections) {
    this.content = content;
    this.dosHeader = dosHeader;
    this.lfanew = lfanew;
    this.coff = coff;
    this.optional = optional;
    this.sections = List.copyOf(sections);
  }

  /// Reads the headers, a few kilobytes.
  ///
  /// @throws MalformedException where it is not a PE32+ image of the subset of this room
  public static PeImage read(Blob content) throws IOException {
    byte[] dos = take(content, 0, DOS_HEADER);
    StructReader start = StructReader.littleEndian(FORMAT, dos, 0);
    start.require(start.text("e_magic", 2).equals("MZ"), "e_magic", 2, "is not MZ");
    start.bytes("e_cblp to e_res2", LFANEW - 2);
    long lfanew = start.u32("e_lfanew");
    start.require(lfanew >= DOS_HEADER && lfanew <= LARGEST_LFANEW, "e_lfanew", 4, "is " + lfanew);
    return headers(content, dos, lfanew);
  }

  public CoffHeader coff() {
    return coff;
  }

  public OptionalHeader optional() {
    return optional;
  }

  public List<SectionHeader> sections() {
    return sections;
  }

  /// What the first section of this name holds in memory.
  public Optional<Blob> section(String name) {
    return sections.stream()
        .filter(section -> section.name().equals(name))
        .findFirst()
        .map(this::inMemory);
  }

  /// All of the image.
  Blob content() {
    return content;
  }

  /// Where the optional header lies in the file.
  long optionalAt() {
    return lfanew + SIGNATURE.length + CoffHeader.SIZE;
  }

  /// The DOS header with another place of the signature.
  byte[] dosHeader(int lfanew) {
    byte[] header = dosHeader.clone();
    for (int i = 0; i < 4; i++) {
      header[LFANEW + i] = (byte) (lfanew >>> (8 * i));
    }
    return header;
  }

  /// A section's bytes in the file.
  Blob raw(SectionHeader section) {
    return Blob.slice(content, section.pointerToRawData(), section.sizeOfRawData());
  }

  private Blob inMemory(SectionHeader section) {
    long stored = Math.min(section.virtualSize(), section.sizeOfRawData());
    Extents.Builder memory = Extents.builder();
    if (stored > 0) {
      memory.add(Blob.slice(content, section.pointerToRawData(), stored));
    }
    return memory.zeros(section.virtualSize() - stored).build();
  }

  private static PeImage headers(Blob content, byte[] dos, long lfanew) throws IOException {
    int fixed = SIGNATURE.length + CoffHeader.SIZE;
    StructReader in = StructReader.littleEndian(FORMAT, take(content, lfanew, fixed), lfanew);
    byte[] signature = in.bytes("Signature", SIGNATURE.length);
    in.require(java.util.Arrays.equals(signature, SIGNATURE), "Signature", 4, "is not PE");
    CoffHeader coff = CoffHeader.read(in);
    long optionalAt = lfanew + fixed;
    StructReader body =
        StructReader.littleEndian(
            FORMAT, take(content, optionalAt, coff.sizeOfOptionalHeader()), optionalAt);
    OptionalHeader optional = OptionalHeader.read(body);
    body.require(
        OptionalHeader.size(optional.dataDirectories().size()) == coff.sizeOfOptionalHeader(),
        "NumberOfRvaAndSizes",
        0,
        "does not fill SizeOfOptionalHeader");
    long tableAt = optionalAt + coff.sizeOfOptionalHeader();
    return new PeImage(
        content, dos, lfanew, coff, optional, sections(content, coff, optional, tableAt));
  }

  private static List<SectionHeader> sections(
      Blob content, CoffHeader coff, OptionalHeader optional, long tableAt) throws IOException {
    int size = coff.numberOfSections() * SectionHeader.SIZE;
    StructReader in = StructReader.littleEndian(FORMAT, take(content, tableAt, size), tableAt);
    List<SectionHeader> sections = new ArrayList<>();
    long free = 0;
    for (int i = 0; i < coff.numberOfSections(); i++) {
      SectionHeader section = SectionHeader.read(in);
      check(in, section, content.length(), optional.fileAlignment(), free);
      free = section.virtualEnd();
      sections.add(section);
    }
    return sections;
  }

  private static void check(
      StructReader in, SectionHeader section, long length, long fileAlignment, long free)
      throws MalformedException {
    int size = SectionHeader.SIZE;
    String name = section.name();
    in.require(section.virtualAddress() >= free, name, size, "overlaps the one before in memory");
    in.require(section.virtualEnd() <= 0xFFFF_FFFFL, name, size, "ends beyond 4 GiB");
    in.require(
        section.sizeOfRawData() % fileAlignment == 0, name, size, "is not aligned in the file");
    in.require(
        section.sizeOfRawData() == 0
            || section.pointerToRawData() + section.sizeOfRawData() <= length,
        name,
        size,
        "ends behind the file");
  }

  private static byte[] take(Blob content, long offset, int size) throws IOException {
    int there = Math.clamp(content.length() - offset, 0, size);
    return there == 0 ? new byte[0] : Blob.slice(content, offset, there).bytes(size);
  }
}
