package imageservice.formats.pe;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.Alignment;
import java.util.ArrayList;
import java.util.List;

/// Where everything in an image with appended sections lies. The given image keeps its sections
/// where they are in memory; their raw data and that of the appended ones follow the headers
/// without gaps. Appended sections lie behind each other in memory, at multiples of the section
/// alignment.
public final class PeLayout {
  /// Where the signature lies: behind the DOS header and as many zeros.
  private static final int LFANEW = 0x80;

  private final PeImage image;
  private final CoffHeader coff;
  private final OptionalHeader optional;
  private final List<SectionHeader> headers;
  private final List<Blob> contents;

  private PeLayout(
      PeImage image,
      CoffHeader coff,
      OptionalHeader optional,
      List<SectionHeader> headers,
      List<Blob> contents) {
    this.image = image;
    this.coff = coff;
    this.optional = optional;
    this.headers = List.copyOf(headers);
    this.contents = List.copyOf(contents);
  }

  /// Places the sections.
  ///
  /// @param epochSeconds the new image's time stamp
  /// @throws MalformedException where the image is signed, or has no room for more headers
  /// @throws IllegalArgumentException where the result exceeds 4 GiB or 96 sections
  public static PeLayout append(PeImage image, List<PeSection> appended, long epochSeconds)
      throws MalformedException {
    require(!image.optional().isSigned(), "Certificate Table", "the image is signed");
    int count = image.sections().size() + appended.size();
    if (count > CoffHeader.MAX_SECTIONS) {
      throw new IllegalArgumentException(count + " sections");
    }
    long headersSize = headersSize(image, count);
    require(
        headersSize <= image.sections().getFirst().virtualAddress(),
        "VirtualAddress",
        "no room for %d section headers".formatted(count));
    List<SectionHeader> headers = placed(image, appended, headersSize);
    return new PeLayout(
        image,
        image.coff().with(count, epochSeconds),
        optional(image.optional(), headers, headersSize),
        headers,
        contents(image, appended));
  }

  /// All sections of the new image.
  public List<SectionHeader> sections() {
    return headers;
  }

  public OptionalHeader optional() {
    return optional;
  }

  /// The image.
  public Extents encode() {
    Extents.Builder out =
        Extents.builder()
            .add(image.dosHeader(LFANEW))
            .zerosTo(LFANEW)
            .add(PeImage.SIGNATURE)
            .add(coff.toBytes())
            .add(optional.toBytes());
    headers.forEach(header -> out.add(header.toBytes()));
    out.zerosTo(optional.sizeOfHeaders());
    for (int i = 0; i < headers.size(); i++) {
      SectionHeader header = headers.get(i);
      out.zerosTo(header.pointerToRawData())
          .add("section " + header.name(), contents.get(i))
          .zerosTo(header.pointerToRawData() + header.sizeOfRawData());
    }
    return out.build();
  }

  private static long headersSize(PeImage image, int sections) {
    return Alignment.roundUp(
        LFANEW
            + PeImage.SIGNATURE.length
            + CoffHeader.SIZE
            + image.coff().sizeOfOptionalHeader()
            + (long) SectionHeader.SIZE * sections,
        image.optional().fileAlignment());
  }

  private static List<SectionHeader> placed(
      PeImage image, List<PeSection> appended, long headersSize) {
    List<SectionHeader> headers = new ArrayList<>();
    long file = headersSize;
    long memory = 0;
    for (SectionHeader section : image.sections()) {
      headers.add(section.movedTo(file));
      file += section.sizeOfRawData();
      memory = section.virtualEnd();
    }
    for (PeSection section : appended) {
      SectionHeader header = header(section, image.optional(), memory, file);
      headers.add(header);
      file += header.sizeOfRawData();
      memory = header.virtualEnd();
    }
    return headers;
  }

  private static SectionHeader header(
      PeSection section, OptionalHeader optional, long memory, long file) {
    long length = section.content().length();
    return new SectionHeader(
        section.name(),
        length,
        Alignment.roundUp(memory, optional.sectionAlignment()),
        Alignment.roundUp(length, optional.fileAlignment()),
        file,
        SectionHeader.INITIALIZED_DATA | SectionHeader.READABLE);
  }

  private static List<Blob> contents(PeImage image, List<PeSection> appended) {
    List<Blob> contents = new ArrayList<>();
    for (SectionHeader section : image.sections()) {
      contents.add(section.sizeOfRawData() == 0 ? Blob.of("") : image.raw(section));
    }
    appended.forEach(section -> contents.add(section.content()));
    return contents;
  }

  private static OptionalHeader optional(
      OptionalHeader old, List<SectionHeader> headers, long headersSize) {
    long data =
        headers.stream()
            .filter(SectionHeader::isInitializedData)
            .mapToLong(SectionHeader::sizeOfRawData)
            .sum();
    long all = headers.stream().mapToLong(SectionHeader::sizeOfRawData).sum();
    long image = Alignment.roundUp(headers.getLast().virtualEnd(), old.sectionAlignment());
    if (image > 0xFFFF_FFFFL || headersSize + all > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("an image of more than 4 GiB");
    }
    return old.with(all - data, data, image, headersSize);
  }

  private static void require(boolean holds, String field, String reason)
      throws MalformedException {
    if (!holds) {
      throw new MalformedException(PeImage.FORMAT, field, 0, reason);
    }
  }
}
