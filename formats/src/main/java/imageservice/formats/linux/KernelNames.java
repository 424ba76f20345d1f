package imageservice.formats.linux;

import com.github.luben.zstd.ZstdInputStream;
import imageservice.formats.blob.Blob;
import imageservice.formats.struct.StructReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/// Looks for the names of symbols that a kernel exports to modules. The kernel has them as texts
/// between NULs (`__ksymtab_strings`), in the image itself or in what it unpacks on booting.
public final class KernelNames {
  private static final String BZIMAGE = "bzImage";
  private static final String ZBOOT = "EFI zboot image";
  private static final int SECTOR = 512;
  private static final int SETUP_SECTS = 0x1F1;
  private static final int HEADER_MAGIC = 0x202;
  private static final int PAYLOAD_OFFSET = 0x248;
  private static final int HEAD = 0x250;

  /// Documentation: `drivers/firmware/efi/libstub/zboot-header.S`.
  private static final int ZBOOT_MAGIC = 4;

  private static final int BUFFER = 1 << 16;

  /// Linux names are shorter (KSYM_NAME_LEN).
  private static final int LONGEST_NAME = 512;

  /// No kernel unpacks to more; what would is not read further.
  private static final long MOST = 1L << 30;

  /// The decoder's memory, in KiB; kernels are packed with dictionaries of up to 128 MiB.
  private static final int XZ_MEMORY = 160 << 10;

  private static final int ZSTD_WINDOW_LOG = 27;

  private KernelNames() {}

  /// Those of the wanted names that the kernel has; empty where this cannot unpack the kernel.
  public static Optional<Set<String>> present(Blob kernel, Set<String> wanted) throws IOException {
    try (InputStream in = unpacked(kernel)) {
      return in == null ? Optional.empty() : Optional.of(search(in, wanted));
    }
  }

  private static Set<String> search(InputStream in, Set<String> wanted) throws IOException {
    Suffixes suffixes = new Suffixes(wanted);
    byte[] buffer = new byte[BUFFER];
    long total = 0;
    for (int got = in.read(buffer); got >= 0 && total < MOST; got = in.read(buffer)) {
      total += got;
      for (int i = 0; i < got; i++) {
        suffixes.accept(buffer[i]);
      }
    }
    return suffixes.found();
  }

  /// The bytes that hold the names, or null where they cannot be had.
  private static @Nullable InputStream unpacked(Blob kernel) throws IOException {
    byte[] head = Blob.slice(kernel, 0, Math.min(kernel.length(), HEAD)).bytes(HEAD);
    if (head.length < HEAD) {
      return kernel.open();
    }
    if (text(head, HEADER_MAGIC, 4).equals("HdrS")) {
      StructReader header = StructReader.littleEndian(BZIMAGE, head, 0);
      header.bytes("boot sector", SETUP_SECTS);
      int sectors = header.u8("setup_sects");
      header.bytes("up to payload_offset", PAYLOAD_OFFSET - SETUP_SECTS - 1);
      long start = (Math.max(sectors, 1) + 1L) * SECTOR + header.u32("payload_offset");
      return payload(kernel, start, header.u32("payload_length"));
    }
    if (text(head, 0, 2).equals("MZ") && text(head, ZBOOT_MAGIC, 4).equals("zimg")) {
      StructReader header = StructReader.littleEndian(ZBOOT, head, 0);
      header.bytes("magic", ZBOOT_MAGIC + 4);
      return payload(kernel, header.u32("payload offset"), header.u32("payload size"));
    }
    return kernel.open();
  }

  private static @Nullable InputStream payload(Blob kernel, long start, long length)
      throws IOException {
    if (length < 6 || start > kernel.length() - length) {
      return null;
    }
    InputStream in = new BufferedInputStream(kernel.open(start, length), BUFFER);
    in.mark(6);
    String magic = HexFormat.of().formatHex(in.readNBytes(6));
    in.reset();
    if (magic.equals("fd377a585a00")) {
      return new XZInputStream(in, XZ_MEMORY);
    }
    if (magic.startsWith("28b52ffd")) {
      return new ZstdInputStream(in).setLongMax(ZSTD_WINDOW_LOG);
    }
    if (magic.startsWith("1f8b")) {
      return new GZIPInputStream(in);
    }
    if (magic.startsWith("02214c18")) {
      in.skipNBytes(Integer.BYTES);
      return new Lz4Stream(in);
    }
    in.close();
    return null;
  }

  private static String text(byte[] bytes, int at, int length) {
    return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
  }

  /// Names, looked for at the end of every text: a linker lets a name share the end of a longer
  /// one. Texts are walked from their ends through a tree of the names.
  private static final class Suffixes {
    private static final class Node {
      private final Map<Byte, Node> before = new HashMap<>();
      private @Nullable String name;
    }

    private final Node root = new Node();
    private final Set<String> found = new HashSet<>();
    private final byte[] text = new byte[LONGEST_NAME];
    private long length;

    Suffixes(Set<String> names) {
      for (String name : names) {
        Node node = root;
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = bytes.length - 1; i >= 0; i--) {
          node = node.before.computeIfAbsent(bytes[i], ignored -> new Node());
        }
        node.name = name;
      }
    }

    Set<String> found() {
      return found;
    }

    void accept(byte next) {
      if (next != 0) {
        text[(int) (length++ % LONGEST_NAME)] = next;
        return;
      }
      Node node = root;
      for (long i = length - 1; i >= 0 && i >= length - LONGEST_NAME && node != null; i--) {
        node = node.before.get(text[(int) (i % LONGEST_NAME)]);
        if (node != null && node.name != null) {
          found.add(node.name);
        }
      }
      length = 0;
    }
  }
}
