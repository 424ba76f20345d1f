package imageservice.formats.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExtentsTest {
  /// Names come along however content is put together, cut and put into other content.
  @Test
  void tellsWhatLiesSomewhere() {
    Blob kernel = Blob.of("kernel");
    Extents image =
        Extents.builder()
            .zeros(4)
            .add(".linux", kernel)
            .zeros(2)
            .add(".initrd", Blob.of("rd"))
            .build();
    Extents volume =
        Extents.builder().zeros(100).add("EFI/a.efi", image).zerosTo(200).add(image).build();
    Extents disk = Extents.builder().zeros(10).add("partition EFI", volume).zerosTo(1000).build();
    assertThat(disk.places(9)).isEmpty();
    assertThat(disk.places(10)).containsExactly(new Extents.Place("partition EFI", 0));
    assertThat(disk.places(113))
        .containsExactly(
            new Extents.Place("partition EFI", 103), new Extents.Place("EFI/a.efi", 3));
    assertThat(disk.places(114 + 5))
        .containsExactly(
            new Extents.Place("partition EFI", 109),
            new Extents.Place("EFI/a.efi", 9),
            new Extents.Place(".linux", 5));
    assertThat(disk.places(210 + 12))
        .containsExactly(new Extents.Place("partition EFI", 212), new Extents.Place(".initrd", 0));
    assertThat(disk.places(999)).isEmpty();
    Extents framed = Extents.builder().add(new byte[3]).add(Blob.slice(disk, 115, 100)).build();
    assertThat(framed.places(3)).isEqualTo(disk.places(115));
    assertThat(framed.places(102)).isEqualTo(disk.places(214));
    assertThat(Extents.of(image.range(5, 3)).places(0)).isEmpty();
  }

  @Test
  void readsAnyRangeOfRandomExtents(@TempDir Path folder) throws IOException {
    long seed = 20190601L;
    Random random = new Random(seed);
    byte[] source = new byte[5000];
    random.nextBytes(source);
    FileBlob file = new FileBlob(Files.write(folder.resolve("source"), source));
    for (int round = 0; round < 200; round++) {
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      Extents.Builder builder = Extents.builder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        int offset = random.nextInt(source.length);
        int length = random.nextInt(source.length - offset);
        byte[] part = Arrays.copyOfRange(source, offset, offset + length);
        switch (random.nextInt(4)) {
          case 0 -> builder.add(part);
          case 1 -> {
            part = new byte[length];
            builder.zeros(length);
          }
          case 2 -> builder.add(Blob.slice(file, offset, Math.max(1, length)));
          default -> builder.add(Blob.concatenation(Blob.of(part), Blob.of(new byte[0])));
        }
        expected.writeBytes(
            part.length == 0 && builder.position() > expected.size()
                ? Arrays.copyOfRange(source, offset, offset + 1)
                : part);
      }
      Extents extents = builder.build();
      byte[] all = expected.toByteArray();
      assertThat(extents.bytes(1 << 20)).as("seed %d, round %d", seed, round).isEqualTo(all);
      int from = random.nextInt(all.length + 1);
      int to = from + random.nextInt(all.length - from + 1);
      try (var in = extents.open(from, to - from)) {
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(all, from, to));
      }
      assertThat(Extents.of(extents.range(from, to - from)).bytes(1 << 20))
          .isEqualTo(Arrays.copyOfRange(all, from, to));
      try (var in = extents.open()) {
        in.skipNBytes(from);
        assertThat(in.readNBytes(to - from)).isEqualTo(Arrays.copyOfRange(all, from, to));
      }
    }
  }

  @Test
  void keepsZerosVisibleThroughLayers() {
    Extents inner = Extents.builder().add(new byte[] {1}).zeros(1L << 40).build();
    Extents outer = Extents.builder().add(inner).zeros(5).add(new byte[] {2}).build();
    assertThat(outer.extents())
        .containsExactly(
            new Extent.Bytes(new byte[] {1}),
            new Extent.Zero((1L << 40) + 5),
            new Extent.Bytes(new byte[] {2}));
  }

  /// Codecs that frame content in pieces make thousands of slices of one file.
  @Test
  void slicesThatGoOnAreReadFromOneStream() throws IOException {
    byte[] content = new byte[1000];
    new Random(4).nextBytes(content);
    AtomicInteger opened = new AtomicInteger();
    Blob counted = counted(Blob.of(content), opened);
    Extents.Builder framed = Extents.builder();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      framed.add(new byte[] {1, 2, 3}).add(new Extent.Slice(counted, 10L * i, 10));
      expected.writeBytes(new byte[] {1, 2, 3});
      expected.write(content, 10 * i, 10);
    }
    framed.add(new Extent.Slice(counted, 0, 10));
    expected.write(content, 0, 10);
    assertThat(framed.build().bytes(1 << 20)).isEqualTo(expected.toByteArray());
    assertThat(opened).hasValue(2);
  }

  private static Blob counted(Blob blob, AtomicInteger opened) {
    return new Blob() {
      @Override
      public long length() {
        return blob.length();
      }

      @Override
      public InputStream open(long offset, long length) throws IOException {
        opened.incrementAndGet();
        return blob.open(offset, length);
      }
    };
  }

  @Test
  void refusesARangeOutside() {
    assertThatThrownBy(() -> Blob.of("abc").open(2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bytes [2, 2 + 2) of a blob of 3 bytes");
    assertThatThrownBy(() -> Extents.of().open(0, Long.MAX_VALUE))
        .hasMessage("bytes [0, 0 + 9223372036854775807) of a blob of 0 bytes");
  }

  @Test
  void failsWhenAFileShrank(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "0123456789");
    FileBlob blob = new FileBlob(file);
    Files.writeString(file, "0123");
    assertThatThrownBy(() -> blob.bytes(100)).hasMessageEndingWith("ends at byte 4, expected 10");
  }
}
