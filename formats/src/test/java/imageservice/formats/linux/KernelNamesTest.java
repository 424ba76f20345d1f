package imageservice.formats.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;

final class KernelNamesTest {
  /// What kernels are packed by, with the length behind it where Linux puts it.
  enum Packing {
    GZIP,
    XZ,
    ZSTD,
    LZ4;

    byte[] of(byte[] content) {
      return switch (this) {
        case GZIP -> Kernels.gzip(content);
        case XZ -> Kernels.withLength(Kernels.xz(content), content.length);
        case ZSTD -> Kernels.withLength(Kernels.zstd(content), content.length);
        case LZ4 -> Kernels.withLength(Kernels.lz4(content), content.length);
      };
    }
  }

  private static final Set<String> WANTED = Set.of("up", "printk", "_printk", "vmalloc", "kfree");

  @ParameterizedTest
  @EnumSource
  void unpacksKernelsOfBothKinds(Packing packing) throws IOException {
    byte[] packed = packing.of(content());
    for (byte[] kernel : new byte[][] {Kernels.bzImage(packed), Kernels.zboot(packed)}) {
      assertThat(present(kernel)).containsExactlyInAnyOrder("up", "printk", "_printk");
    }
  }

  @Test
  void readsKernelsThatAreNotPacked() throws IOException {
    assertThat(present(content())).containsExactlyInAnyOrder("up", "printk", "_printk");
    assertThat(present("\0kfree\0".getBytes(StandardCharsets.US_ASCII))).containsExactly("kfree");
    assertThat(present(new byte[0])).isEmpty();
  }

  @Test
  void takesNamesByTheirEndsOnly() throws IOException {
    assertThat(present(bytes("\0kfree_rcu\0xkfre\0kfree "))).isEmpty();
    assertThat(present(bytes("\0a text: kfree\0"))).containsExactly("kfree");
    assertThat(present(bytes("x".repeat(512) + "kfree\0"))).containsExactly("kfree");
    assertThat(present(bytes("x".repeat(510) + "kfree\0"))).isEmpty(); // no name, cut at its 512th
  }

  @Test
  void keepsASmallPartOfTheKernel() throws IOException {
    Blob texts = KernelNames.texts(Blob.of(Kernels.bzImage(Packing.ZSTD.of(content()))));
    assertThat(texts).isEqualTo(Blob.of("up\0my_printk\0"));
  }

  @Test
  void saysNothingOfKernelsThatItCannotUnpack() throws IOException {
    byte[] lzo = {(byte) 0x89, 'L', 'Z', 'O', 0, 0xd, 0xa, 0x1a, 0xa};
    assertThat(KernelNames.texts(Blob.of(Kernels.bzImage(lzo)))).isEqualTo(Blob.of(""));
    assertThat(KernelNames.texts(Blob.of(Kernels.bzImage(new byte[0])))).isEqualTo(Blob.of(""));
    byte[] large = Kernels.xz(content(), options(64 << 20));
    assertThat(KernelNames.texts(Blob.of(Kernels.bzImage(large)))).isEqualTo(Blob.of(""));
    byte[] usual = Kernels.xz(content(), options(32 << 20));
    assertThat(present(Kernels.bzImage(usual))).contains("printk");
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatBreaksOff(Packing packing) {
    byte[] packed = packing.of(content());
    Blob kernel = Blob.of(Kernels.bzImage(Arrays.copyOf(packed, packed.length / 2)));
    assertThatThrownBy(() -> KernelNames.texts(kernel)).isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesAPayloadThatLeadsOutOfTheKernel() {
    byte[] kernel = Kernels.bzImage(Packing.GZIP.of(content()));
    Blob cut = Blob.of(Arrays.copyOf(kernel, kernel.length - 101));
    assertThatThrownBy(() -> KernelNames.texts(cut))
        .isInstanceOf(MalformedException.class)
        .hasMessage("kernel: payload at byte 1600: is cut short");
  }

  @Test
  void onlyMalformedKernelsAreRefused() throws IOException {
    long seed = 20261124L;
    System.out.println("kernel names: seed " + seed);
    Random random = new Random(seed);
    for (Packing packing : Packing.values()) {
      byte[] kernel = Kernels.bzImage(packing.of(content()));
      for (int round = 0; round < 300; round++) {
        byte[] changed = kernel.clone();
        for (int i = 0; i < 4; i++) {
          changed[Kernels.PAYLOAD + random.nextInt(kernel.length - Kernels.PAYLOAD)] =
              (byte) random.nextInt(256);
        }
        changed[0x1F1 + random.nextInt(0x5F)] = (byte) random.nextInt(256);
        try {
          assertThat(KernelNames.texts(Blob.of(changed)).length()).isLessThan(32 << 20);
        } catch (MalformedException e) {
          assertThat(e.getMessage()).isNotEmpty();
        }
      }
    }
  }

  private static Set<String> present(byte[] kernel) throws IOException {
    return KernelNames.present(KernelNames.texts(Blob.of(kernel)), WANTED);
  }

  private static LZMA2Options options(int dictionary) {
    try {
      LZMA2Options options = new LZMA2Options(0);
      options.setDictSize(dictionary);
      return options;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Two texts that end like names, the second one that of two; and what is none.
  private static byte[] content() {
    byte[] content = new byte[20_000];
    new Random(7).nextBytes(content);
    for (int i = 0; i < content.length; i++) {
      content[i] |= (byte) 0x80;
    }
    byte[] names = bytes("\0up\0my_printk\0x\0vmalloc ");
    System.arraycopy(names, 0, content, 9_000, names.length);
    return content;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
