package imageservice.formats.linux;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.struct.StructReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.SingleXZInputStream;
import org.tukaani.xz.XZIOException;

/// Looks for the names of symbols that a kernel exports to modules. The kernel has them as texts
/// between NULs (`__ksymtab_strings`), in the image itself or in what it unpacks on booting.
public final class KernelNames {
  private static final String KERNEL = "kernel";
  private static final int SECTOR = 512;
  private static final int SETUP_SECTS = 0x1F1;
  private static final int HEADER_MAGIC = 0x202;
  private static final int PAYLOAD_OFFSET = 0x248;
  private static final int HEAD = 0x250;

  /// Linux, `drivers/firmware/efi/libstub/zboot-header.S`.
  private static final int ZBOOT_MAGIC = 4;

  private static final int BUFFER = 1 << 16;

  /// Linux names are shorter (KSYM_NAME_LEN).
  private static final int LONGEST_NAME = 512;

  /// The shortest names that Linux exports are `up` and the like.
  private static final int SHORTEST_NAME = 2;

  /// No kernel unpacks to more, and none has names of as many bytes; what would is not read
  /// further.
  private static final long MOST = 1L << 30;

  private static final int MOST_TEXTS = 32 << 20;

  /// The decoder's memory, in KiB: a dictionary of 32 MiB, as kernels of x86 have, and a little.
  private static final int XZ_MEMORY = 33 << 10;

  private static final int ZSTD_WINDOW_LOG = 27;

  private KernelNames() {}

  /// All texts of a kernel that end like names, each with a NUL behind it: a small part of the
  /// kernel, worth keeping. Empty where this cannot unpack the kernel.
  ///
  /// @throws MalformedException where what the kernel unpacks is damaged
  public static Blob texts(Blob kernel) throws IOException {
    Payload payload = Payload.of(kernel);
    try (InputStream packed = kernel.open(payload.start(), payload.length());
        InputStream in = unpacked(packed, payload)) {
      return in == null ? Blob.of("") : Blob.of(texts(in));
    } catch (MemoryLimitException e) {
      return Blob.of("");
    } catch (XZIOException | ZstdIOException | ZipException | EOFException e) {
      throw new MalformedException(
          KERNEL, "payload", payload.start(), "cannot be unpacked: " + e.getMessage());
    }
  }

  /// Those of the wanted names that are among a kernel's texts; both are ASCII.
  public static Set<String> present(Blob texts, Set<String> wanted) throws IOException {
    Suffixes suffixes = new Suffixes(wanted);
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = texts.open()) {
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        for (int i = 0; i < got; i++) {
          suffixes.accept(buffer[i]);
        }
      }
    }
    return suffixes.found();
  }

  private static byte[] texts(InputStream in) throws IOException {
    ByteArrayOutputStream texts = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    byte[] text = new byte[LONGEST_NAME];
    int length = 0;
    long total = 0;
    for (int got = in.read(buffer);
        got >= 0 && total < MOST && texts.size() < MOST_TEXTS;
        got = in.read(buffer)) {
      total += got;
      for (int i = 0; i < got; i++) {
        if (isOfName(buffer[i])) {
          length = length == LONGEST_NAME ? 0 : length; // no name: whatever ends it may count
          text[length++] = buffer[i];
        } else {
          if (buffer[i] == 0 && length >= SHORTEST_NAME) {
            texts.write(text, 0, length);
            texts.write(0);
          }
          length = 0;
        }
      }
    }
    return texts.toByteArray();
  }

  private static boolean isOfName(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '_'
        || b == '.'
        || b == '$';
  }

  /// Where in the kernel the bytes with the names are.
  ///
  /// @param packed whether they are unpacked on booting
  private record Payload(long start, long length, boolean packed) {
    static Payload of(Blob kernel) throws IOException {
      Payload whole = new Payload(0, kernel.length(), false);
      if (kernel.length() < HEAD) {
        return whole;
      }
      byte[] head = Blob.slice(kernel, 0, HEAD).bytes(HEAD);
      Payload payload = whole;
      if (text(head, HEADER_MAGIC, 4).equals("HdrS")) {
        payload = ofBzImage(head);
      } else if (text(head, 0, 2).equals("MZ") && text(head, ZBOOT_MAGIC, 4).equals("zimg")) {
        StructReader header = StructReader.littleEndian(KERNEL, head, 0);
        header.bytes("magic", ZBOOT_MAGIC + 4);
        payload = new Payload(header.u32("payload offset"), header.u32("payload size"), true);
      }
      if (payload.start() > kernel.length() - payload.length()) {
        throw new MalformedException(KERNEL, "payload", payload.start(), "is cut short");
      }
      return payload;
    }

    private static Payload ofBzImage(byte[] head) throws IOException {
      StructReader header = StructReader.littleEndian(KERNEL, head, 0);
      header.bytes("boot sector", SETUP_SECTS);
      int sectors = header.u8("setup_sects");
      header.bytes("up to payload_offset", PAYLOAD_OFFSET - SETUP_SECTS - 1);
      long start = (Math.max(sectors, 1) + 1L) * SECTOR + header.u32("payload_offset");
      return new Payload(start, header.u32("payload_length"), true);
    }

    private static String text(byte[] bytes, int at, int length) {
      return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    }
  }

  /// The bytes that hold the names, or null where this cannot unpack them. Only one stream is
  /// unpacked: behind it kernels have its unpacked length.
  private static @Nullable InputStream unpacked(InputStream packed, Payload payload)
      throws IOException {
    if (!payload.packed()) {
      return packed;
    }
    InputStream in = new BufferedInputStream(packed, BUFFER);
    in.mark(6);
    String magic = HexFormat.of().formatHex(in.readNBytes(6));
    in.reset();
    if (magic.equals("fd377a585a00")) {
      return new SingleXZInputStream(in, XZ_MEMORY);
    }
    if (magic.startsWith("28b52ffd")) {
      return new FirstFrame(new ZstdInputStreamNoFinalizer(in).setLongMax(ZSTD_WINDOW_LOG));
    }
    if (magic.startsWith("1f8b")) {
      return new GZIPInputStream(in);
    }
    if (magic.startsWith("02214c18")) {
      in.skipNBytes(Integer.BYTES);
      return new Lz4Stream(in);
    }
    return null;
  }

  /// The first of zstd's frames, which ends where what follows does not begin one.
  private static final class FirstFrame extends FilterInputStream {
    FirstFrame(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int from, int count) throws IOException {
      try {
        return super.read(buffer, from, count);
      } catch (ZstdIOException e) {
        if (e.getErrorCode() == Zstd.errPrefixUnknown()) {
          return -1;
        }
        throw e;
      }
    }
  }

  /// Names, looked for at the end of every text: a linker lets a name share the end of a longer
  /// one. Texts are walked from their ends through a tree of the names.
  private static final class Suffixes {
    private static final int ASCII = 128;

    private static final class Node {
      private final @Nullable Node[] before = new @Nullable Node[ASCII];
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
          Node next = node.before[bytes[i]];
          next = next == null ? new Node() : next;
          node.before[bytes[i]] = next;
          node = next;
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
        node = node.before[text[(int) (i % LONGEST_NAME)]];
        if (node != null && node.name != null) {
          found.add(node.name);
        }
      }
      length = 0;
    }
  }
}
