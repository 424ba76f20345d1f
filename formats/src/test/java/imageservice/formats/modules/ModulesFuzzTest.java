package imageservice.formats.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.testing.ElfModule;
import imageservice.formats.testing.ElfModule.Versions;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ModulesFuzzTest {
  @FuzzTest
  void onlyMalformedExceptionEscapesFromModules(byte[] module) throws IOException {
    isRead(module);
  }

  @FuzzTest
  void onlyMalformedExceptionEscapesFromEncodedModules(byte[] encoded) {
    isDecoded(encoded);
  }

  @FuzzTest
  void onlyMalformedExceptionEscapesFromLists(byte[] list) throws IOException {
    try {
      Blob blob = Blob.of(list);
      Depmod.index(
          List.of(),
          new KernelLists(blob, blob, blob),
          new Depmod.Options(SearchOrder.standard(), true));
    } catch (MalformedException expected) {
      // The one answer to bytes that are no list.
    }
  }

  @Test
  void survivesChangedBytes() throws IOException {
    Random random = random();
    byte[] module = module();
    byte[] encoded = ModuleFileCodec.encode(ModuleFile.read(Blob.of(module)));
    int read = 0;
    for (int round = 0; round < 5_000; round++) {
      read += isRead(changed(module, random)) ? 1 : 0;
      isDecoded(changed(encoded, random));
    }
    assertThat(read).isBetween(1, 4_999);
  }

  @Test
  void survivesChangedLists() throws IOException {
    Random random = random();
    byte[] list =
        "a.alias=x[1-2]\0kernel/a.ko\n/\0b.c\0d.alias=\0"
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    for (int round = 0; round < 5_000; round++) {
      onlyMalformedExceptionEscapesFromLists(changed(list, random));
    }
  }

  private static Random random() {
    long seed = 13;
    System.out.println("modules fuzz: seed " + seed);
    return new Random(seed);
  }

  private static byte[] module() {
    return new ElfModule(ElfModule.X86_64, Versions.IN_SECTION)
        .information("alias=pci:v*")
        .export("offered")
        .need("printk", false)
        .toBytes();
  }

  private static byte[] changed(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(10) > 0
        ? changed
        : java.util.Arrays.copyOf(changed, random.nextInt(changed.length));
  }

  private static boolean isRead(byte[] module) throws IOException {
    try {
      ModuleFile.read(Blob.of(module));
      return true;
    } catch (MalformedException expected) {
      return false;
    }
  }

  private static void isDecoded(byte[] encoded) {
    try {
      ModuleFile module = ModuleFileCodec.decode(encoded);
      assertThat(ModuleFileCodec.encode(module).length).isLessThanOrEqualTo(encoded.length);
    } catch (MalformedException expected) {
      // The one answer to bytes that are no module.
    }
  }
}
