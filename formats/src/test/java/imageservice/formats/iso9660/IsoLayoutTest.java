package imageservice.formats.iso9660;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.iso9660.BootEntry.BootImage;
import imageservice.formats.iso9660.BootEntry.Platform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class IsoLayoutTest {
  private static final IsoVolume VOLUME = new IsoVolume("V", "", "", "", "", 0);
  private static final byte[] SYSTEM_AREA = new byte[IsoLayout.SYSTEM_AREA];
  private static final Blob NOTHING = Blob.of("");

  @Test
  void laysFilesOutFromShortToLongAndCopiesNothing() throws IOException {
    Blob large = Extents.builder().add(new Extent.Slice(bytes(5000), 0, 5000)).build();
    IsoLayout layout =
        layout(Map.of("a", file(large), "b/c", file(bytes(10)), "z", file(bytes(3000))));
    assertThat(layout.block("z").number()).isEqualTo(layout.block("b/c").number() + 1);
    assertThat(layout.block("a").number()).isEqualTo(layout.block("b/c").number() + 3);
    Extents medium = layout.encode(SYSTEM_AREA, NOTHING, Map.of());
    assertThat(medium.length()).isEqualTo(layout.block("a").offset() + 3 * 2048);
    assertThat(medium.extents()).contains(((Extents) large).extents().getFirst());
  }

  @Test
  void writesTheSameWhateverTheOrderOfTheEntries() throws IOException {
    IsoFile one = new IsoFile("one", bytes(1), 0644);
    IsoFile two = new IsoFile("two", bytes(1), 0644);
    assertThat(IsoPropertyTest.medium(new IsoDirectory("", 0755, List.of(one, two))).bytes(1 << 20))
        .isEqualTo(
            IsoPropertyTest.medium(new IsoDirectory("", 0755, List.of(two, one))).bytes(1 << 20));
  }

  @Test
  void putsTheBootInformationTableIntoWhatReplacesAFile() throws IOException {
    BootEntry entry = new BootEntry(Platform.BIOS, new BootImage.InTree("boot.img"), 4, true);
    IsoDirectory root = IsoDirectory.ofPaths(0755, Map.of("boot.img", file(bytes(70))));
    IsoLayout layout = IsoLayout.of(new IsoContents(VOLUME, root, List.of(entry), List.of(), 0));
    byte[] replacement = new byte[70];
    replacement[64] = 1;
    replacement[67] = (byte) 0xFF;
    replacement[68] = (byte) 0xFE;
    replacement[69] = 2;
    replacement[1] = 9;
    Extents medium = layout.encode(SYSTEM_AREA, NOTHING, Map.of("boot.img", Blob.of(replacement)));
    LogicalBlock own = layout.block("boot.img");
    try (var in = medium.open(own.offset(), 70)) {
      ByteBuffer image = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(image.get(1)).isEqualTo((byte) 9);
      assertThat(image.getInt(8)).isEqualTo(16);
      assertThat(image.getInt(12)).isEqualTo((int) own.number());
      assertThat(image.getInt(16)).isEqualTo(70);
      assertThat(image.getInt(20)).isEqualTo(0xFF000001 + 0x02FE);
    }
  }

  @Test
  void refusesWhatDoesNotFitTheLayout() {
    IsoLayout layout = layout(Map.of("a", file(bytes(10))));
    assertThatThrownBy(() -> layout.block("b")).hasMessage("no file b on the volume");
    assertThatThrownBy(() -> layout.encode(new byte[3], NOTHING, Map.of()))
        .hasMessage("system area of 3 bytes, laid out for 32768");
    assertThatThrownBy(() -> layout.encode(SYSTEM_AREA, bytes(1), Map.of()))
        .hasMessage("tail of 1 bytes, laid out for 0");
    assertThatThrownBy(() -> layout.encode(SYSTEM_AREA, NOTHING, Map.of("a", bytes(11))))
        .hasMessage("a of 11 bytes, laid out for 10");
    assertThatThrownBy(() -> layout.encode(SYSTEM_AREA, NOTHING, Map.of("b", bytes(11))))
        .hasMessage("no file b on the volume");
  }

  @Test
  void refusesNamesNoDirectoryCouldHold() {
    for (String name : List.of("", ".", "..", "a/b", "a\0", "x".repeat(256))) {
      assertThatThrownBy(() -> file(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("not a file name: \"" + name + "\"");
    }
    assertThatThrownBy(() -> file("\uD800")).hasMessageStartingWith("not Unicode");
    assertThatThrownBy(() -> new IsoDirectory("", 0755, List.of(file("a"), file("a"))))
        .hasMessage("\"a\" twice in \"\"");
  }

  @Test
  void refusesBootImagesThatAreNotThere() {
    BootEntry file = new BootEntry(Platform.BIOS, new BootImage.InTree("x"), 4, false);
    BootEntry range = new BootEntry(Platform.UEFI, new BootImage.Appended(0), 0, false);
    IsoDirectory root = new IsoDirectory("", 0755, List.of());
    assertThatThrownBy(
            () -> IsoLayout.of(new IsoContents(VOLUME, root, List.of(file), List.of(), 0)))
        .hasMessage("no file x on the volume");
    assertThatThrownBy(
            () -> IsoLayout.of(new IsoContents(VOLUME, root, List.of(range), List.of(), 0)))
        .hasMessage("no appended range 0");
  }

  @Test
  void givesEachNameAnIdentifierOfItsOwn() {
    List<IsoEntry> entries =
        List.of(
            file("README"),
            file("readme"),
            new IsoDirectory("Readme", 0755, List.of()),
            file("talos-v1.9.5.efi"),
            file("a-name-longer-than-thirty-characters.conf"));
    assertThat(
            Identifier.of(entries).stream()
                .map(id -> new String(id.bytes(), StandardCharsets.US_ASCII)))
        .containsExactly(
            "README.;1",
            "README000.;1",
            "README001",
            "TALOS_V1_9_5.EFI;1",
            "A_NAME_LONGER_THAN_THIRTY_.CONF;1");
  }

  private static IsoLayout layout(Map<String, IsoFile> files) {
    IsoDirectory root = IsoDirectory.ofPaths(0755, files);
    return IsoLayout.of(new IsoContents(VOLUME, root, List.of(), List.of(), 0));
  }

  private static IsoFile file(Blob content) {
    return new IsoFile("any", content, 0644);
  }

  private static IsoFile file(String name) {
    return new IsoFile(name, NOTHING, 0644);
  }

  private static Blob bytes(int length) {
    return Blob.of(new byte[length]);
  }
}
