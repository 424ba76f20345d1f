package imageservice.builder.extension;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.layers.TreeEntry;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ExtensionPartsTest extends ExtensionFixture {
  @ParameterizedTest
  @EnumSource
  void takesMicrocodeAndFirmwareOutOfTheLayer(SystemFolders folders) throws IOException {
    String firmware = "rootfs/" + folders.firmware();
    TestRoot image =
        root("mini")
            .file(firmware + "/intel-ucode/06-02", "I2")
            .file(firmware + "/intel-ucode/06-01", "I1")
            .file(firmware + "/amd-ucode/microcode_amd_fam17h.bin", "A17")
            .file(firmware + "/amd-ucode/microcode_amd.bin", "A")
            .file(firmware + "/amd-ucode/microcode_amd.bin.asc", "no microcode")
            .file(firmware + "/amd-ucode/other.bin", "no microcode")
            .file(firmware + "/nvidia/gsp.bin", 0600, new byte[] {'G'})
            .folder(firmware + "/nvidia", 0711)
            .file("rootfs/usr/local/bin/mini", "stays");
    ExtensionParts parts = parts(image, folders);
    assertThat(texts(parts.intelMicrocode())).containsExactly("I1", "I2");
    assertThat(texts(parts.amdMicrocode())).containsExactly("A", "A17");
    assertThat(listing(parts.firmware()))
        .containsAllEntriesOf(
            Map.of(
                folders.firmware() + "/nvidia",
                "folder 711",
                folders.firmware() + "/nvidia/gsp.bin",
                "600 G",
                folders.firmware() + "/amd-ucode/other.bin",
                "644 no microcode",
                folders.firmware() + "/amd-ucode/microcode_amd.bin.asc",
                "644 no microcode",
                folders.firmware() + "/intel-ucode",
                "folder 755",
                folders.firmware(),
                "folder 755"))
        .doesNotContainKeys(
            folders.firmware() + "/intel-ucode/06-01",
            folders.firmware() + "/amd-ucode/microcode_amd.bin");
    String library = folders.firmware().replace("/firmware", "");
    assertThat(parts.layer().keySet())
        .contains("", library, "usr/local/bin/mini")
        .noneMatch(path -> path.startsWith(folders.firmware()));
  }

  @Test
  void leavesTheFoldersOfOtherReleasesAlone() throws IOException {
    TestRoot image = root("mini").file("rootfs/usr/lib/firmware/intel-ucode/06-01", "I1");
    ExtensionParts parts = parts(image, SystemFolders.SPLIT_USR);
    assertThat(parts.layer()).containsKey("usr/lib/firmware/intel-ucode/06-01");
    assertThat(parts.firmware()).isEmpty();
    assertThat(parts.intelMicrocode()).isEmpty();
  }

  @Test
  void foldersOfMicrocodeAreFirmware() throws IOException {
    TestRoot image = root("mini").file("rootfs/lib/firmware/intel-ucode/more/06-01", "I1");
    ExtensionParts parts = parts(image, SystemFolders.SPLIT_USR);
    assertThat(parts.intelMicrocode()).isEmpty();
    assertThat(listing(parts.firmware()))
        .containsEntry("lib/firmware/intel-ucode/more/06-01", "644 I1");
  }

  @Test
  void linksBecomeWhatTheyLeadTo() throws IOException {
    TestRoot image =
        root("mini")
            .file("rootfs/lib/firmware/a/one", "1")
            .link("rootfs/lib/firmware/a/uno", "./one")
            .link("rootfs/lib/firmware/b", "a")
            .link("rootfs/lib/firmware/un", "b/../a/uno")
            .link("rootfs/lib/firmware/share", "/usr/share/fw")
            .file("rootfs/usr/share/fw/two", 0400, new byte[] {'2'})
            .link("rootfs/lib/firmware/intel-ucode/06-01", "../../../usr/share/fw/two");
    ExtensionParts parts = parts(image, SystemFolders.SPLIT_USR);
    assertThat(texts(parts.intelMicrocode())).containsExactly("2");
    assertThat(listing(parts.firmware()))
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("lib", "folder 755"),
                    Map.entry("lib/firmware", "folder 755"),
                    Map.entry("lib/firmware/a", "folder 755"),
                    Map.entry("lib/firmware/a/one", "644 1"),
                    Map.entry("lib/firmware/a/uno", "644 1"),
                    Map.entry("lib/firmware/b", "folder 755"),
                    Map.entry("lib/firmware/b/one", "644 1"),
                    Map.entry("lib/firmware/b/uno", "644 1"),
                    Map.entry("lib/firmware/intel-ucode", "folder 755"),
                    Map.entry("lib/firmware/share", "folder 755"),
                    Map.entry("lib/firmware/share/two", "400 2"),
                    Map.entry("lib/firmware/un", "644 1"))));
    assertThat(parts.layer()).containsKey("usr/share/fw/two");
  }

  @Test
  void refusesLinksThatLeadNowhere() throws IOException {
    assertUnfitLink("gone", "leads to nothing in the extension");
    assertUnfitLink("/etc/passwd", "leads to nothing in the extension");
    assertUnfitLink("../../../etc/passwd", "leads out of the extension");
    assertUnfitLink("link", "leads in a circle");
    assertUnfitLink("other", "leads in a circle");
    assertUnfitLink("..", "leads to a folder that holds it");
    assertUnfitLink(".", "leads to a folder that holds it");
    assertUnfitLink("/", "leads to a folder that holds it");
  }

  @Test
  void refusesMicrocodeThatLeadsNowhere() throws IOException {
    TestRoot image = root("mini").link("rootfs/lib/firmware/intel-ucode/06-01", "gone");
    assertUnfit(
        () -> parts(image, SystemFolders.SPLIT_USR),
        "extension \"a/b\": the link lib/firmware/intel-ucode/06-01 leads to nothing in the"
            + " extension");
  }

  @Test
  void refusesFoldersWithinLinkedFolders() throws IOException {
    TestRoot image =
        root("mini")
            .file("rootfs/lib/firmware/a/file", "1")
            .link("rootfs/lib/firmware/b/a", "../a")
            .link("rootfs/lib/firmware/c", "b");
    assertUnfit(
        () -> parts(image, SystemFolders.SPLIT_USR),
        "extension \"a/b\": the link lib/firmware/b/a leads to a folder from within one that is"
            + " linked to");
  }

  @Test
  void refusesCopiesWithoutEnd() throws IOException {
    TestRoot image = root("mini");
    for (int i = 0; i < 400; i++) {
      image
          .file("rootfs/usr/share/fw/file" + i, "1")
          .link("rootfs/lib/firmware/l" + i, "/usr/share/fw");
    }
    assertUnfit(
        () -> parts(image, SystemFolders.SPLIT_USR),
        "extension \"a/b\": its firmware, links followed, is more than 100000 files or 4294967296"
            + " bytes");
  }

  @Test
  void theLaterExtensionsFirmwareIsTaken() throws IOException {
    ExtensionParts one =
        parts(root("x").file("rootfs/lib/firmware/a", "1").file("rootfs/lib/firmware/b", "1"));
    ExtensionParts two = parts(root("x").file("rootfs/lib/firmware/b", "2"));
    assertThat(listing(Firmware.of(List.of(one, two))))
        .containsEntry("lib/firmware/a", "644 1")
        .containsEntry("lib/firmware/b", "644 2");
    assertThat(Firmware.of(List.of())).isEmpty();
  }

  @Test
  void refusesFirmwareThatIsFileAndFolder() throws IOException {
    ExtensionParts file = parts(root("x").file("rootfs/lib/firmware/a", "1"));
    ExtensionParts folder = parts(root("x").file("rootfs/lib/firmware/a/b", "1"));
    assertUnfit(
        () -> Firmware.of(List.of(file, folder)),
        "extension \"a/b\": lib/firmware/a is a folder here, but a file in extension \"a/b\"");
    assertUnfit(
        () -> Firmware.of(List.of(folder, file)),
        "extension \"a/b\": lib/firmware/a is a file here, but a folder in extension \"a/b\"");
  }

  private void assertUnfitLink(String target, String problem) throws IOException {
    TestRoot image =
        root("mini")
            .link("rootfs/lib/firmware/link", target)
            .link("rootfs/lib/firmware/other", "link");
    assertUnfit(
        () -> parts(image, SystemFolders.SPLIT_USR),
        "extension \"a/b\": the link lib/firmware/link " + problem);
  }

  private static ExtensionParts parts(TestRoot image) throws IOException {
    return parts(image, SystemFolders.SPLIT_USR);
  }

  private static ExtensionParts parts(TestRoot image, SystemFolders folders) throws IOException {
    return ExtensionParts.of(ExtensionRoot.of("a/b", image.entries()), folders);
  }

  private static List<String> texts(List<Blob> blobs) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Blob blob : blobs) {
      texts.add(new String(blob.bytes(1000), StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static Map<String, String> listing(Map<String, TreeEntry> entries) throws IOException {
    Map<String, String> listing = new TreeMap<>();
    for (Map.Entry<String, TreeEntry> each : entries.entrySet()) {
      String mode = Integer.toOctalString(each.getValue().mode());
      listing.put(
          each.getKey(),
          switch (each.getValue()) {
            case TreeEntry.File file -> mode + " " + texts(List.of(file.content())).getFirst();
            case TreeEntry.Directory ignored -> "folder " + mode;
            case TreeEntry.Symlink link -> "link " + link.target();
          });
    }
    return listing;
  }
}
