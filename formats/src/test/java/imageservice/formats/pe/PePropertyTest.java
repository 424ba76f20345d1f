package imageservice.formats.pe;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.testing.Stubs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PePropertyTest {
  @Test
  void whatWasAppendedIsRead() throws IOException {
    long seed = 11;
    Random random = new Random(seed);
    System.out.println("pe property: seed " + seed);
    for (int round = 0; round < 300; round++) {
      List<Stubs.Section> own = sections(random);
      List<PeSection> appended = appended(random);
      PeImage stub = PeImage.read(Stubs.of(Stubs.AMD64, 0x1000, own));
      PeLayout layout = PeLayout.append(stub, appended, random.nextInt(Integer.MAX_VALUE));
      Extents image = layout.encode();
      PeImage made = PeImage.read(image);
      assertThat(made.sections()).isEqualTo(layout.sections());
      assertThat(made.optional()).isEqualTo(layout.optional());
      for (Stubs.Section section : own) {
        assertThat(made.section(section.name()).orElseThrow().bytes(1 << 20))
            .isEqualTo(Stubs.content(section));
      }
      for (PeSection section : appended) {
        assertThat(made.section(section.name()).orElseThrow().bytes(1 << 20))
            .isEqualTo(section.content().bytes(1 << 20));
      }
      SectionHeader last = made.sections().getLast();
      assertThat(image.length()).isEqualTo(last.pointerToRawData() + last.sizeOfRawData());
    }
  }

  private static List<Stubs.Section> sections(Random random) {
    List<Stubs.Section> sections = new ArrayList<>();
    long address = 0x1000;
    for (int i = random.nextInt(8); i >= 0; i--) {
      long size = random.nextLong(1, 9000);
      sections.add(
          new Stubs.Section(".o" + i, address, size, random.nextBoolean() ? 0x20 : 0x4000_0040L));
      address += (size / 4096 + 1 + random.nextInt(2)) * 4096;
    }
    return sections;
  }

  private static List<PeSection> appended(Random random) {
    List<PeSection> sections = new ArrayList<>();
    for (int i = random.nextInt(20); i > 0; i--) {
      byte[] content = new byte[1 + random.nextInt(random.nextBoolean() ? 20 : 20_000)];
      random.nextBytes(content);
      sections.add(new PeSection(".n" + i, Blob.of(content)));
    }
    return sections;
  }
}
