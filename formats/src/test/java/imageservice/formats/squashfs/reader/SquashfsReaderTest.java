package imageservice.formats.squashfs.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class SquashfsReaderTest {
  @Test
  void findsEveryKind() throws IOException {
    SquashfsReader reader = SquashfsReader.open(ReadTree.everyKind());
    assertThat(ReadTree.members(ReadTree.everyKind()).stream().map(m -> kind(m) + m.path()))
        .containsExactly(
            "d ",
            "l abs",
            "BLOCK_DEVICE bdev",
            "f blocks",
            "CHARACTER_DEVICE cdev",
            "d d",
            "f d/a",
            "f d/b",
            "d e",
            "l far",
            "FIFO fifo",
            "f hard",
            "l link",
            "l loop1",
            "l loop2",
            "SOCKET sock",
            "f sparse");
    SquashfsMember file = reader.find("d/a").orElseThrow();
    assertThat(file.attributes().permissions()).isEqualTo(0644);
    assertThat(file.attributes().mtime()).isEqualTo(1559424892L);
    assertThat(file.attributes().links()).isEqualTo(2);
    assertThat(reader.find("hard").orElseThrow().attributes()).isEqualTo(file.attributes());
    assertThat(reader.list(reader.root())).hasSize(14);
    assertThat(reader.list((SquashfsMember.Directory) reader.find("e").orElseThrow())).isEmpty();
  }

  @Test
  void findsNothingBehindWhatIsNoDirectory() throws IOException {
    SquashfsReader reader = SquashfsReader.open(ReadTree.everyKind());
    assertThat(reader.find("missing")).isEmpty();
    assertThat(reader.find("d/a/b")).isEmpty();
    assertThat(reader.find("abs/b")).isEmpty();
    assertThatThrownBy(() -> reader.find("/d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("path /d: is not a plain relative path");
  }

  @Test
  void readsHolesAndAnyRange() throws IOException {
    byte[] expected = new byte[3 * 4096 + 100];
    java.util.Arrays.fill(expected, 0, 100, (byte) 'x');
    java.util.Arrays.fill(expected, 3 * 4096, expected.length, (byte) 'y');
    Blob content = content("sparse");
    assertThat(content.bytes(1 << 20)).isEqualTo(expected);
    for (int from = 0; from < expected.length; from += 1021) {
      for (int count : new int[] {0, 1, 4095, 4096, 9000}) {
        int length = Math.min(count, expected.length - from);
        try (var in = content.open(from, length)) {
          assertThat(in.readAllBytes())
              .isEqualTo(java.util.Arrays.copyOfRange(expected, from, from + length));
        }
      }
    }
  }

  @Test
  void readsAttributesThatAreElsewhere() throws IOException {
    SquashfsReader reader = SquashfsReader.open(ReadTree.everyKind());
    Blob label = Blob.of("system_u:object_r:system_state_t:s0");
    Blob value = Blob.of("v".repeat(200));
    assertThat(reader.xattrs(reader.find("d/a").orElseThrow()))
        .containsOnly(
            java.util.Map.entry("user.long", value),
            java.util.Map.entry("user.one", Blob.of("d/a")),
            java.util.Map.entry("security.selinux", label));
    assertThat(reader.xattrs(reader.find("d/b").orElseThrow()))
        .containsOnly(
            java.util.Map.entry("user.long", value),
            java.util.Map.entry("user.one", Blob.of("d/b")),
            java.util.Map.entry("trusted.t", Blob.of("")));
    assertThat(reader.xattrs(reader.find("d").orElseThrow())).containsKey("user.long");
    assertThat(reader.xattrs(reader.find("fifo").orElseThrow())).hasSize(1);
    assertThat(reader.xattrs(reader.find("link").orElseThrow())).hasSize(1);
    assertThat(reader.xattrs(reader.root())).isEmpty();
  }

  @Test
  void refusesWhatIsNoImage() {
    assertMalformed(
        new byte[0], "squashfs: superblock at byte 0: 96 bytes there are outside of 0 bytes");
    assertMalformed(new byte[4096], "squashfs: s_magic at byte 0: is not hsqs");
  }

  @Test
  void refusesSuperblocksThatCannotBe() throws IOException {
    assertRefused(raw -> raw.putShort(28, (short) 3), "squashfs: s_major at byte 28: is 3");
    assertRefused(raw -> raw.putShort(22, (short) 21), "squashfs: block_log at byte 22: is 21");
    assertRefused(raw -> raw.putInt(12, 8192), "squashfs: block_size at byte 12: is 8192");
    assertRefused(
        raw -> raw.putShort(20, (short) 3),
        "squashfs: compression at byte 20: is 3, not gzip, xz or zstd");
    assertRefused(
        raw -> raw.putLong(40, 1 << 20),
        "squashfs: bytes_used at byte 40: is 1048576 in an image of 12288 bytes");
    assertRefused(raw -> raw.putLong(64, -1), "squashfs: inode_table_start at byte 64: is -1");
  }

  @Test
  void refusesADirectoryInItself() throws IOException {
    byte[] image = ReadTree.everyKind().bytes(1 << 20);
    ByteBuffer raw = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    // The entry of the empty directory "e" gets the root's inode.
    int directories = (int) raw.getLong(72);
    int name = find(image, directories, new byte[] {1, 0, 0, 0, 'e'});
    raw.putShort(name - 4, (short) raw.getLong(32));
    assertMalformed(image, "is there twice: e");
  }

  @Test
  void refusesNamesThatLeaveTheirDirectory() throws IOException {
    byte[] image = ReadTree.everyKind().bytes(1 << 20);
    int name = find(image, 0, "link".getBytes(StandardCharsets.US_ASCII)) + 0;
    image[name + 1] = '/';
    assertMalformed(image, "is not a plain name: l/nk");
  }

  private static int find(byte[] image, int from, byte[] wanted) {
    for (int at = from; at < image.length - wanted.length; at++) {
      if (java.util.Arrays.equals(image, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new AssertionError("not there");
  }

  private static void assertRefused(Consumer<ByteBuffer> change, String message)
      throws IOException {
    ByteBuffer raw =
        ByteBuffer.wrap(ReadTree.everyKind().bytes(1 << 20)).order(ByteOrder.LITTLE_ENDIAN);
    change.accept(raw);
    assertMalformed(raw.array(), message);
  }

  private static void assertMalformed(byte[] image, String message) {
    assertThatThrownBy(() -> ReadTree.all(Blob.of(image), 1 << 20))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(message);
  }

  private static Blob content(String path) throws IOException {
    SquashfsMember member = SquashfsReader.open(ReadTree.everyKind()).find(path).orElseThrow();
    return ((SquashfsMember.File) member).content();
  }

  private static String kind(SquashfsMember member) {
    return switch (member) {
      case SquashfsMember.Directory ignored -> "d ";
      case SquashfsMember.File ignored -> "f ";
      case SquashfsMember.Symlink ignored -> "l ";
      case SquashfsMember.Special special -> special.kind() + " ";
    };
  }
}
