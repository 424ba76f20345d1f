package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.plan.BuildPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The table of patches in the GRUB kit's description, byte by byte.
final class GrubPatchesTest {
  private static final int LARGEST = 16 << 20;
  private static final int BLOCK = 2048;

  @Test
  void bootCodeNamesTheSecondSectorBehindCdboot() throws IOException {
    byte[] expected = Arrays.copyOf(kit("boot_hybrid.img"), 440);
    little(expected).putLong(0x1B0, 1004);
    assertThat(GrubPatches.bootCode(Plans.KIT.file("boot_hybrid.img"), 1000)).isEqualTo(expected);
  }

  @Test
  void coreImageNamesTheSectorAfterThat() throws IOException {
    byte[] expected = kit("eltorito.img");
    little(expected).putLong(2548, 0x1_0000_0005L);
    assertThat(GrubPatches.coreImage(Plans.KIT.file("eltorito.img"), 0x1_0000_0000L).bytes(LARGEST))
        .isEqualTo(expected);
  }

  /// Whole files of an ISO: the kit's, the patches, and nothing else.
  @Test
  void anIsoHoldsTheKitWithThesePatches() throws IOException {
    BuildPlan plan = Plans.of("v1.9.5", "empty", "metal-amd64.iso");
    byte[] iso =
        new Assembler(Plans.TOOLS).assemble(plan, Plans.material(plan)).asset().bytes(LARGEST);
    byte[] expected = kit("eltorito.img");
    int block = little(iso).getInt(catalog(iso) + 32 + 8);
    ByteBuffer patched = little(expected);
    patched.putLong(2548, 4L * block + 5);
    patched.putInt(8, 16).putInt(12, block).putInt(16, expected.length);
    patched.putInt(20, sum(expected));
    Arrays.fill(expected, 24, 64, (byte) 0);
    assertThat(Arrays.copyOfRange(iso, block * BLOCK, block * BLOCK + expected.length))
        .isEqualTo(expected);

    byte[] code = Arrays.copyOf(kit("boot_hybrid.img"), 440);
    little(code).putLong(0x1B0, 4L * block + 4);
    assertThat(Arrays.copyOf(iso, 440)).isEqualTo(code);
    assertThat(Arrays.copyOfRange(iso, 440, 446)).containsOnly(0);
    assertThat(little(iso).getShort(510)).isEqualTo((short) 0xAA55);
  }

  /// El Torito 1.0: the boot record is block 17, and names the catalog's block at byte 71.
  private static int catalog(byte[] iso) {
    return little(iso).getInt(17 * BLOCK + 71) * BLOCK;
  }

  private static int sum(byte[] image) {
    ByteBuffer words = little(Arrays.copyOf(image, Math.ceilDiv(image.length, 4) * 4));
    int sum = 0;
    for (int at = 64; at < words.capacity(); at += 4) {
      sum += words.getInt(at);
    }
    return sum;
  }

  private static byte[] kit(String name) throws IOException {
    return Objects.requireNonNull(Plans.KIT.files().get(name)).bytes(LARGEST);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
