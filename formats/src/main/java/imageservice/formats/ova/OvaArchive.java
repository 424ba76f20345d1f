package imageservice.formats.ova;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// The files of an archive of a virtual machine: descriptor, digests, disk, in the order that
/// DSP0243 1.1.0, section 5.3 asks for.
public final class OvaArchive {
  private static final String DISK = "disk.vmdk";
  private static final String DESCRIPTOR = "disk.ovf";
  private static final String DIGESTS = "disk.mf";
  private static final int MIB = 1 << 20;

  private OvaArchive() {}

  /// The files by name, in their order. The disk is read once for its digest.
  ///
  /// @param vmdk the disk's image
  /// @param capacity of the disk, in bytes, whole MiB
  public static Map<String, Blob> files(VirtualMachine machine, Blob vmdk, long capacity)
      throws IOException {
    if (capacity % MIB != 0) {
      throw new IllegalArgumentException(capacity + " bytes are no whole MiB");
    }
    Blob descriptor = Blob.of(OvfDescriptor.text(machine, DISK, capacity / MIB, vmdk.length()));
    Map<String, Blob> files = new LinkedHashMap<>();
    files.put(DESCRIPTOR, descriptor);
    files.put(DIGESTS, Blob.of(digests(DISK, vmdk) + digests(DESCRIPTOR, descriptor)));
    files.put(DISK, vmdk);
    return files;
  }

  /// A line of the manifest: DSP0243 1.1.0, section 5.1.
  private static String digests(String name, Blob content) throws IOException {
    MessageDigest digest = sha256();
    content.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return "SHA256(" + name + ")= " + HexFormat.of().formatHex(digest.digest()) + "\n";
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
