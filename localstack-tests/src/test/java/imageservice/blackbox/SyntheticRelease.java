package imageservice.blackbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// Releases that nothing boots, in the layout of real ones: a folder of OCI layouts with the image
/// `imager`, kernels and initramfs images of a few hundred kilobytes from a seeded generator, and
/// with catalogues.
final class SyntheticRelease {
  static final List<String> VERSIONS = List.of("v1.5.5", "v1.7.6", "v1.9.5", "v1.11.0", "v1.13.2");
  static final List<String> ARCHITECTURES = List.of("amd64", "arm64");

  private SyntheticRelease() {}

  /// @param scale multiplies the sizes of kernel and initramfs
  static Path write(Path folder, List<String> versions, int scale) throws IOException {
    OciLayout layout = new OciLayout(folder.resolve("imager"));
    for (String version : versions) {
      byte[] layer = TarArchive.gzip(files(version, scale));
      Map<String, byte[]> layers = new LinkedHashMap<>();
      ARCHITECTURES.forEach(architecture -> layers.put(architecture, layer));
      layout.add(version, layers);
    }
    writeInstallers(folder, versions);
    SyntheticCatalogue.write(folder, versions);
    return folder;
  }

  private static void writeInstallers(Path folder, List<String> versions) throws IOException {
    OciLayout first = new OciLayout(folder.resolve("installer"));
    OciLayout unified = new OciLayout(folder.resolve("installer-base"));
    for (String version : versions) {
      byte[] program = ("installer of " + version).getBytes(StandardCharsets.UTF_8);
      byte[] layer = TarArchive.gzip(new TreeMap<>(Map.of("usr/bin/installer", program)));
      Map<String, byte[]> layers = new LinkedHashMap<>();
      ARCHITECTURES.forEach(architecture -> layers.put(architecture, layer));
      (minor(version) < 10 ? first : unified).add(version, layers);
    }
  }

  private static int minor(String version) {
    return Integer.parseInt(version.split("\\.", -1)[1]);
  }

  /// The kernel that a version's image holds.
  static byte[] kernel(String version, String architecture, int scale) {
    return random("vmlinuz " + version + architecture, scale * 300_001);
  }

  static byte[] initramfs(String version, String architecture, int scale) throws IOException {
    boolean zstd = minor(version) >= 8;
    return CpioInitramfs.compressed(
        random("rootfs " + version + architecture, scale * 200_003), zstd);
  }

  private static SortedMap<String, byte[]> files(String version, int scale) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String architecture : ARCHITECTURES) {
      String folder = "usr/install/" + architecture + "/";
      files.put(folder + "vmlinuz", kernel(version, architecture, scale));
      files.put(folder + "initramfs.xz", initramfs(version, architecture, scale));
      files.put(folder + "systemd-stub.efi", SyntheticPe.image(architecture));
      files.put(folder + "systemd-boot.efi", SyntheticPe.image(architecture));
    }
    return files;
  }

  private static byte[] random(String seed, int size) {
    byte[] content = new byte[size];
    new Random(seed.hashCode()).nextBytes(content);
    return content;
  }
}
