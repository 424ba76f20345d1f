package imageservice.formats.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.modules.ModuleFile.Export;
import imageservice.formats.modules.ModuleFile.Need;
import imageservice.formats.testing.ElfModule;
import imageservice.formats.testing.ElfModule.Versions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ModuleFileTest {
  @ParameterizedTest
  @EnumSource
  void readsWhatTheIndexesNeed(Versions versions) throws IOException {
    boolean known = versions != Versions.NONE;
    ModuleFile module = ModuleFile.read(Blob.of(module(versions)));
    assertThat(module.exports())
        .containsExactly(
            new Export("offered", known ? crc("offered") : 0),
            new Export("second", known ? crc("second") : 0));
    assertThat(module.needs())
        .startsWith(
            new Need("printk", known ? crc("printk") : 0, false),
            new Need("maybe", known ? crc("maybe") : 0, true))
        .hasSize(known ? 4 : 2);
    assertThat(module.aliases()).containsExactly("pci:v*", "net-pf-1", "");
    assertThat(module.softDependencies()).containsExactly("pre: crc32c");
    assertThat(module.weakDependencies()).containsExactly("zlib");
  }

  @Test
  void takesNoNoticeOfASignatureBehindTheFile() throws IOException {
    byte[] plain = module(Versions.IN_SECTION);
    byte[] signed = java.util.Arrays.copyOf(plain, plain.length + 500);
    assertThat(ModuleFile.read(Blob.of(signed))).isEqualTo(ModuleFile.read(Blob.of(plain)));
  }

  @Test
  void refusesWhatIsNoModule() throws IOException {
    assertRefused(raw -> raw.put(1, (byte) 'e'), "e_ident at byte 0: is no ELF");
    assertRefused(raw -> raw.put(4, (byte) 1), "EI_CLASS at byte 4: is 1, not 64 bits");
    assertRefused(raw -> raw.put(5, (byte) 2), "EI_DATA at byte 5: is 2, not little-endian");
    assertRefused(raw -> raw.putShort(16, (short) 3), "e_type at byte 16: is 3, not relocatable");
    assertRefused(raw -> raw.putShort(18, (short) 8), "e_machine at byte 18: is 8");
    assertRefused(raw -> raw.putShort(58, (short) 40), "e_shentsize at byte 58: is 40");
    assertRefused(raw -> raw.putShort(60, (short) 0), "e_shnum at byte 60: is 0");
    assertRefused(raw -> raw.putShort(62, (short) 99), "e_shstrndx at byte 62: is 99");
    assertRefused(raw -> raw.putLong(40, -1), "e_shoff at byte 40: is -1");
    assertRefused(
        raw -> raw.putShort(60, (short) 0xFFFF),
        "e_shoff at byte 40: is "
            + ByteBuffer.wrap(module(Versions.IN_SECTION))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(40));
    assertThatThrownBy(() -> ModuleFile.read(Blob.of("ELF")))
        .isInstanceOf(MalformedException.class)
        .hasMessage("kernel module: header at byte 0: the file has 3 bytes");
  }

  @Test
  void refusesSectionsOutsideOfTheFile() throws IOException {
    byte[] module = module(Versions.IN_SECTION);
    ByteBuffer raw = ByteBuffer.wrap(module).order(ByteOrder.LITTLE_ENDIAN);
    int first = (int) raw.getLong(40) + 64;
    raw.putLong(first + 32, 1L << 40);
    assertThatThrownBy(() -> ModuleFile.read(Blob.of(module)))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "kernel module: .modinfo at byte 64: 1099511627776 bytes there are outside of %d bytes",
            module.length);
  }

  @Test
  void refusesKeysNoIndexCanHave() {
    byte[] module =
        new ElfModule(ElfModule.X86_64, Versions.NONE).information("alias=caf\u00e9").toBytes();
    assertThatThrownBy(() -> ModuleFile.read(Blob.of(module)))
        .isInstanceOf(MalformedException.class)
        .hasMessage("kernel module: alias at byte 0: no key of an index: caf\u00e9");
  }

  private static void assertRefused(Consumer<ByteBuffer> change, String message) {
    ByteBuffer raw = ByteBuffer.wrap(module(Versions.IN_SECTION)).order(ByteOrder.LITTLE_ENDIAN);
    change.accept(raw);
    assertThatThrownBy(() -> ModuleFile.read(Blob.of(raw.array())))
        .isInstanceOf(MalformedException.class)
        .hasMessage("kernel module: " + message);
  }

  private static byte[] module(Versions versions) {
    return new ElfModule(ElfModule.X86_64, versions)
        .information("license=GPL")
        .information("alias=pci:v*")
        .information("aliases=none")
        .information("softdep=pre: crc32c")
        .information("alias=net-pf-1")
        .information("weakdep=zlib")
        .information("alias")
        .export("offered")
        .export("second")
        .need("printk", false)
        .need("maybe", true)
        .version("only_versioned")
        .toBytes();
  }

  private static long crc(String symbol) {
    return Integer.toUnsignedLong(symbol.hashCode());
  }
}
