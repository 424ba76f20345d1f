package imageservice.formats.pe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.testing.Stubs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PeLayoutTest {
  @Test
  void contentsAreReferencesNotCopies() throws IOException {
    Blob kernel = Extents.builder().zeros(1 << 20).add(Blob.of("kernel")).build();
    PeImage stub = PeImage.read(Stubs.small(Stubs.AMD64));
    Extents image = PeLayout.append(stub, List.of(new PeSection(".linux", kernel)), 0).encode();
    long copied =
        image.extents().stream()
            .filter(Extent.Bytes.class::isInstance)
            .mapToLong(Extent::length)
            .sum();
    assertThat(copied).isLessThan(2048);
    assertThat(image.length()).isEqualTo(1024 + 1024 + 512 + 512 + (1 << 20) + 512);
  }

  @Test
  void nothingAppendedKeepsTheSections() throws IOException {
    PeImage stub = PeImage.read(Stubs.small(Stubs.AMD64));
    PeImage made = PeImage.read(PeLayout.append(stub, List.of(), 5).encode());
    assertThat(made.sections()).isEqualTo(stub.sections());
    assertThat(made.coff().timeDateStamp()).isEqualTo(5);
    assertThat(made.section(".text").orElseThrow().bytes(700))
        .isEqualTo(stub.section(".text").orElseThrow().bytes(700));
  }

  @Test
  void refusesASignedImage() throws IOException {
    byte[] bytes = Stubs.small(Stubs.AMD64).bytes(4096);
    bytes[Stubs.LFANEW + 24 + 112 + 4 * 8 + 4] = 1;
    PeImage signed = PeImage.read(Blob.of(bytes));
    assertThatThrownBy(() -> PeLayout.append(signed, List.of(), 0))
        .isInstanceOf(MalformedException.class)
        .hasMessage("pe: Certificate Table at byte 0: the image is signed");
  }

  @Test
  void refusesHeadersThatReachTheFirstSection() throws IOException {
    Stubs.Section early = new Stubs.Section(".text", 512, 10, 0x6000_0020L);
    PeImage stub = PeImage.read(Stubs.of(Stubs.AMD64, 0, List.of(early)));
    assertThat(PeLayout.append(stub, appended(1), 0).optional().sizeOfHeaders()).isEqualTo(512);
    assertThatThrownBy(() -> PeLayout.append(stub, appended(1, 1, 1), 0))
        .isInstanceOf(MalformedException.class)
        .hasMessage("pe: VirtualAddress at byte 0: no room for 4 section headers");
  }

  @Test
  void refusesMoreThan4GiB() throws IOException {
    PeImage stub = PeImage.read(Stubs.small(Stubs.AMD64));
    PeSection half = new PeSection(".a", Extents.builder().zeros(0x8000_0000L).build());
    assertThatThrownBy(() -> PeLayout.append(stub, List.of(half, half), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an image of more than 4 GiB");
  }

  @Test
  void refusesMoreThan96Sections() throws IOException {
    PeImage stub = PeImage.read(Stubs.small(Stubs.AMD64));
    int[] ones = new int[94];
    java.util.Arrays.fill(ones, 1);
    assertThatThrownBy(() -> PeLayout.append(stub, appended(ones), 0)).hasMessage("97 sections");
  }

  @Test
  void refusesSectionsThatAreNone() {
    assertThatThrownBy(() -> new PeSection(".toolongs", Blob.of("x")))
        .hasMessage("not a section's name: \".toolongs\"");
    assertThatThrownBy(() -> new PeSection(".a b", Blob.of("x")))
        .hasMessage("not a section's name: \".a b\"");
    assertThatThrownBy(() -> new PeSection(".a", Blob.of(""))).hasMessage("section .a of 0 bytes");
  }

  /// Sections to append: one of each of these lengths, named `.s0` and so on.
  static List<PeSection> appended(int... lengths) {
    List<PeSection> sections = new ArrayList<>();
    for (int length : lengths) {
      byte[] content = new byte[length];
      java.util.Arrays.fill(content, (byte) ('a' + sections.size()));
      sections.add(new PeSection(".s" + sections.size(), Blob.of(content)));
    }
    return sections;
  }
}
