package imageservice.builder.extension;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Architecture;
import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.formats.squashfs.reader.SquashfsMember;
import imageservice.formats.squashfs.reader.SquashfsReader;
import imageservice.plan.Input;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LayerImageTest extends ExtensionFixture {
  private static final Input.ExtensionImage IMAGE =
      new Input.ExtensionImage("a/b", Digest.of(new byte[0]), Architecture.AMD64);

  @ParameterizedTest
  @EnumSource
  void hasWhatStaysOfTheExtension(SquashfsCompression compression) throws IOException {
    String label = "system_u:object_r:bin_t:s0";
    TestRoot root =
        root("mini")
            .file("rootfs/usr/bin/mini", 04755, new byte[] {1, 2}, label)
            .link("rootfs/usr/bin/m", "mini");
    SquashfsReader reader = SquashfsReader.open(image(root, compression));
    List<String> listing = new ArrayList<>();
    reader.walk(
        reader.root(),
        member ->
            listing.add(
                "%s %o %d"
                    .formatted(
                        member.path(),
                        member.attributes().permissions(),
                        member.attributes().mtime())));
    assertThat(listing)
        .containsExactly(
            "usr 755 1559424892",
            "usr/bin 755 1559424892",
            "usr/bin/m 777 1559424892",
            "usr/bin/mini 4755 1559424892");
    SquashfsMember mini = reader.find("usr/bin/mini").orElseThrow();
    assertThat(((SquashfsMember.File) mini).content().bytes(9)).containsExactly(1, 2);
    assertThat(reader.xattrs(mini)).isEqualTo(Map.of("security.selinux", Blob.of(label)));
  }

  @Test
  void isMadeOnce() throws IOException {
    Blob first = image(root("mini").file("rootfs/a", "1"), SquashfsCompression.ZSTD);
    Blob second = image(root("mini").file("rootfs/b", "2"), SquashfsCompression.ZSTD);
    assertThat(second).isSameAs(first);
    assertThat(image(root("mini"), SquashfsCompression.XZ)).isNotEqualTo(first);
  }

  @Test
  void refusesWhatNoFileSystemHas() throws IOException {
    String name = "n".repeat(256);
    TestRoot root = root("mini").file("rootfs/" + name, "1");
    assertUnfit(
        () -> image(root, SquashfsCompression.ZSTD),
        "extension \"a/b\": path " + name + ": has a name longer than 255 bytes");
    TestRoot link = root("mini").link("rootfs/a", "");
    assertUnfit(
        () -> image(link, SquashfsCompression.ZSTD), "extension \"a/b\": a: no target of a link: ");
  }

  @Test
  void refusesLabelsThatLinuxDoesNotRead() throws IOException {
    TestRoot root = root("mini").file("rootfs/a", 0644, new byte[0], "l".repeat(65_537));
    assertUnfit(
        () -> image(root, SquashfsCompression.ZSTD),
        "extension \"a/b\": a: a label of 65537 bytes, at most 65536");
  }

  private Blob image(TestRoot root, SquashfsCompression compression) throws IOException {
    ExtensionParts parts =
        ExtensionParts.of(ExtensionRoot.of(IMAGE.name(), root.entries()), SystemFolders.MERGED_USR);
    return LayerImage.of(IMAGE, parts, SystemFolders.MERGED_USR, compression, derived());
  }
}
