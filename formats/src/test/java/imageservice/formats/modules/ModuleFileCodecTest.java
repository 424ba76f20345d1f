package imageservice.formats.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.MalformedException;
import imageservice.formats.modules.ModuleFile.Export;
import imageservice.formats.modules.ModuleFile.Need;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModuleFileCodecTest {
  private static final ModuleFile MODULE =
      new ModuleFile(
          List.of(new Export("a", 0), new Export("b", 0xFFFF_FFFFL)),
          List.of(new Need("c", -1, true), new Need("d".repeat(300), 1, false)),
          List.of("pci:v*", ""),
          List.of("pre: caf\u00e9"),
          List.of("zlib"));

  @Test
  void decodesWhatWasEncoded() throws MalformedException {
    assertThat(ModuleFileCodec.decode(ModuleFileCodec.encode(MODULE))).isEqualTo(MODULE);
  }

  @Test
  void refusesEveryTruncation() {
    byte[] encoded = ModuleFileCodec.encode(MODULE);
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatThrownBy(() -> ModuleFileCodec.decode(cut))
          .isInstanceOf(MalformedException.class)
          .hasMessageStartingWith("encoded module: ");
    }
  }

  @Test
  void refusesWhatFollows() {
    byte[] encoded = ModuleFileCodec.encode(MODULE);
    byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
    assertThatThrownBy(() -> ModuleFileCodec.decode(longer))
        .isInstanceOf(MalformedException.class)
        .hasMessage("encoded module: end at byte %d: has bytes behind it", encoded.length);
  }

  @Test
  void refusesAnotherRevision() {
    byte[] encoded = ModuleFileCodec.encode(MODULE);
    encoded[3]++;
    assertThatThrownBy(() -> ModuleFileCodec.decode(encoded))
        .isInstanceOf(MalformedException.class)
        .hasMessage("encoded module: magic at byte 4: is another one");
  }
}
