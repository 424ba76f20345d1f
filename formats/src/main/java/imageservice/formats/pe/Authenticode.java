package imageservice.formats.pe;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.Alignment;
import imageservice.formats.struct.Struct;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;

/// An image as its signatures see it. All of it is signed but its checksum, the entry of the
/// certificate table and that table, which ends the file. Signatures do not cover each other, so an
/// image keeps those that it has.
public final class Authenticode {
  /// Tables of certificates and their entries lie at multiples of this.
  private static final int ALIGNMENT = 8;

  /// WIN_CERTIFICATE: dwLength, wRevision, wCertificateType.
  private static final int ENTRY_HEADER = 8;

  private static final int WIN_CERT_REVISION_2_0 = 0x0200;
  private static final int WIN_CERT_TYPE_PKCS_SIGNED_DATA = 0x0002;

  private static final int CHECK_SUM_SIZE = 4;
  private static final int CHUNK = 64 << 10;

  private final Blob image;
  private final OptionalHeader.DataDirectory table;
  private final long checkSumAt;
  private final long directoryAt;

  /// Where what is signed ends.
  private final long end;

  private Authenticode(PeImage image, OptionalHeader.DataDirectory table) {
    this.image = image.content();
    this.table = table;
    this.checkSumAt = image.optionalAt() + OptionalHeader.CHECK_SUM;
    this.directoryAt = image.optionalAt() + OptionalHeader.certificateTableAt();
    this.end = table.size() == 0 ? this.image.length() : table.virtualAddress();
  }

  /// Reads the image's headers.
  ///
  /// @throws MalformedException where it is no PE32+ image, or one that verifiers hash in different
  ///   ways
  public static Authenticode of(Blob content) throws IOException {
    PeImage image = PeImage.read(content);
    OptionalHeader.DataDirectory table =
        image
            .optional()
            .certificateTable()
            .orElseThrow(() -> malformed("NumberOfRvaAndSizes", "no room for signatures"));
    if (table.size() != 0) {
      long tableEnd = table.virtualAddress() + table.size();
      require(
          table.virtualAddress() % ALIGNMENT == 0
              && table.virtualAddress() >= image.optional().sizeOfHeaders()
              && tableEnd == content.length(),
          "Certificate Table",
          "does not end the file");
    }
    Authenticode signed = new Authenticode(image, table);
    requireNoGaps(image, signed.end);
    return signed;
  }

  /// Raw data that follow each other are hashed alike by those who go from section to section and
  /// by those who read the file through.
  private static void requireNoGaps(PeImage image, long end) throws MalformedException {
    List<SectionHeader> stored =
        image.sections().stream()
            .filter(section -> section.sizeOfRawData() > 0)
            .sorted(Comparator.comparingLong(SectionHeader::pointerToRawData))
            .toList();
    long next = image.optional().sizeOfHeaders();
    require(next > image.optionalAt() && next <= end, "SizeOfHeaders", "is " + next);
    for (SectionHeader section : stored) {
      require(section.pointerToRawData() == next, section.name(), "has a gap in front of it");
      next += section.sizeOfRawData();
    }
    require(next <= end, "Certificate Table", "begins within a section");
  }

  /// The SHA-256 of what a signature covers; reads the image once.
  public byte[] hash() throws IOException {
    MessageDigest hash = sha256();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = signed().open()) {
      for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
        hash.update(chunk, 0, got);
      }
    }
    return hash.digest();
  }

  private Extents signed() {
    return Extents.builder()
        .add(Blob.slice(image, 0, checkSumAt))
        .add(part(checkSumAt + CHECK_SUM_SIZE, directoryAt))
        .add(part(directoryAt + OptionalHeader.DIRECTORY_SIZE, end))
        .zeros(padding(end))
        .build();
  }

  /// The image with one signature more, and without a checksum, which that would change.
  ///
  /// @param signature PKCS #7 SignedData in DER
  public Extents with(byte[] signature) {
    long length = (long) ENTRY_HEADER + signature.length;
    long first = Alignment.roundUp(end, ALIGNMENT);
    byte[] directory =
        Struct.littleEndian(OptionalHeader.DIRECTORY_SIZE)
            .u32("VirtualAddress", first)
            .u32("Size", table.size() + Alignment.roundUp(length, ALIGNMENT))
            .toBytes();
    byte[] entry =
        Struct.littleEndian(ENTRY_HEADER)
            .u32("dwLength", length)
            .u16("wRevision", WIN_CERT_REVISION_2_0)
            .u16("wCertificateType", WIN_CERT_TYPE_PKCS_SIGNED_DATA)
            .toBytes();
    Extents.Builder out =
        Extents.builder()
            .add(Blob.slice(image, 0, checkSumAt))
            .zeros(CHECK_SUM_SIZE)
            .add(part(checkSumAt + CHECK_SUM_SIZE, directoryAt))
            .add(directory)
            .add(part(directoryAt + OptionalHeader.DIRECTORY_SIZE, end))
            .zeros(padding(end));
    if (table.size() > 0) {
      out.add(part(end, image.length()));
    }
    return out.add(entry).add(signature).zeros(padding(length)).build();
  }

  private Blob part(long from, long to) {
    return Blob.slice(image, from, to - from);
  }

  private static long padding(long length) {
    return Alignment.roundUp(length, ALIGNMENT) - length;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void require(boolean holds, String field, String reason)
      throws MalformedException {
    if (!holds) {
      throw malformed(field, reason);
    }
  }

  private static MalformedException malformed(String field, String reason) {
    return new MalformedException(PeImage.FORMAT, field, 0, reason);
  }
}
