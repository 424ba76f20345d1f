package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DifferenceTest {
  private static final Blob WANTED =
      Extents.builder()
          .zeros(1 << 21)
          .add(
              "partition EFI",
              Extents.builder().zeros(8).add("linux.efi", Blob.of("kernel")).build())
          .build();

  @Test
  void equalContentHasNone() throws Exception {
    assertThat(Difference.between(Blob.of(bytes()), WANTED)).isEmpty();
    assertThat(Difference.between(Blob.of(""), Blob.of(""))).isEmpty();
  }

  @Test
  void theFirstByteIsNamedByWhatLiesThere() throws Exception {
    byte[] changed = bytes();
    changed[(1 << 21) + 10] = 'X';
    changed[changed.length - 1] = 'X';
    assertThat(text(changed))
        .contains(
            "byte 2097162 is 0x58 instead of 0x72, in partition EFI at 10, in it linux.efi at 2");
    changed[0] = 1;
    assertThat(text(changed)).contains("byte 0 is 0x01 instead of 0x00");
  }

  @Test
  void aFileOfAnotherLengthSaysWhereItEnds() throws Exception {
    byte[] whole = bytes();
    assertThat(text(Arrays.copyOf(whole, whole.length - 3)))
        .contains(
            "it ends after 2097163 of 2097166 bytes, in partition EFI at 11, in it linux.efi at 3");
    assertThat(text(Arrays.copyOf(whole, whole.length + 3)))
        .contains("it has 3 bytes behind the 2097166 of the asset");
    assertThat(text(new byte[0])).contains("it ends after 0 of 2097166 bytes");
  }

  private static Optional<String> text(byte[] given) throws Exception {
    return Difference.between(Blob.of(given), WANTED).map(Difference::toString);
  }

  private static byte[] bytes() throws Exception {
    return WANTED.bytes(1 << 22);
  }
}
