package imageservice.formats.xfs;

import static imageservice.formats.xfs.Volumes.directory;
import static imageservice.formats.xfs.Volumes.file;
import static imageservice.formats.xfs.Volumes.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Golden images: xfs_repair 6.1 and 6.13, Linux 6.1 and 6.12, GRUB 2.06 and 2.12 accept them, and
/// another program made the same bytes from the format's description.
final class XfsImagesTest {
  @ParameterizedTest
  @CsvSource({
    "2000, 512,  d8fdb1f48692ea424c06b2c182bd03e24008de5cb69006c19a38746ac1c5ba3c",
    "2000, 4096, 84e43781adc496ec01cf4eeb7fea33d3b369b77173bde364028c4731cf16a5ae",
    "1000, 512,  b8a559c6d50f9d232c092d07fb88a3ea8a2f0fb219c8c818fa2e1cc5e3179a74",
    "1000, 4096, bd07e1a826774eacb1949a1311807c902513487aaecbcdbfa7c128621088ca16"
  })
  void makesTheKnownImages(long mib, int sectorSize, String sha256) throws IOException {
    List<XfsEntry> entries = Volumes.bootFiles(zeros(15_000_000), zeros(60_000_001), zeros(700));
    Extents image = XfsLayout.of(Volumes.boot(mib, sectorSize), entries).encode();
    assertThat(image.length()).isEqualTo(mib << 20);
    assertThat(sha256(image)).isEqualTo(sha256);
  }

  @Test
  void makesTheKnownBlockOfADirectory() throws IOException {
    List<XfsEntry> entries = new ArrayList<>(List.of(directory(""), directory("D")));
    for (int i = 0; i < 12; i++) {
      entries.add(file("D/n%02d".formatted(i) + "x".repeat(19), zeros(0)));
    }
    Extents image = XfsLayout.of(Volumes.boot(1000, 512), entries).encode();
    assertThat(sha256(Blob.slice(image, 24 * Geometry.BLOCK, Geometry.BLOCK)))
        .isEqualTo("513ab94044add99199a1df98cf2eaac35e0363f783c9a418dbb3cb5d492ee011");
  }

  @ParameterizedTest
  @CsvSource({
    "., 2E",
    ".., 172E",
    "A, 41",
    "grub, CFCBAE2",
    "vmlinuz, CD3A6194",
    "initramfs.xz, 9A8300A0",
    "grub.cfg, 251738C9"
  })
  void hashesNamesAsLinuxDoes(String name, String hash) {
    assertThat(new Link(name, false, 1).hash()).isEqualTo(HexFormat.fromHexDigits(hash));
  }

  private static String sha256(Blob blob) throws IOException {
    try (InputStream in = blob.open()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 20];
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        digest.update(buffer, 0, got);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
