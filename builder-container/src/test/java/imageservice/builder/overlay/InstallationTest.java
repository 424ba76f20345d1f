package imageservice.builder.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.cache.Workspace;
import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Programs that install, in the real sandbox.
@Timeout(60)
final class InstallationTest {
  private static final long DISK = 1_246L << 20;

  private static final SortedMap<String, Blob> ARTIFACTS =
      new TreeMap<>(
          Map.of(
              "arm64/u-boot/board/u-boot.bin",
              Blob.of("boot me"),
              "arm64/dtb/" + "long/".repeat(30) + "é.dtb",
              Blob.of("tree")));

  /// The values of an order, by name.
  private static final String READ =
      """
      [ "$1" = install ] || exit 9
      order=$($b cat)
      field() { echo "$order" | $b sed -n "s/^ *$1: *//p"; }
      disk=$(field installDisk)
      esp=$(field mountPrefix)/boot/EFI
      artifacts=$(field artifactsPath)
      """;

  private Workspace workspace;

  @BeforeEach
  void open() throws IOException {
    workspace = Workspace.temporary();
  }

  @AfterEach
  void close() throws IOException {
    workspace.close();
  }

  @Test
  void aProgramWritesToTheDiskAndToTheSystemPartition() throws IOException {
    WrittenFirmware written =
        install(
            """
            $b dd if=$artifacts/arm64/u-boot/board/u-boot.bin of=$disk bs=32768 seek=1 conv=notrunc
            $b mkdir -p $esp/dtb/empty && $b cp -R $artifacts/arm64/dtb/long $esp/dtb/
            echo "speed=$(field speed) size=$($b stat -c %s $disk)" >$esp/config.txt
            echo said
            """,
            "speed: fast\n");
    assertThat(written.raw()).containsOnlyKeys(32_768L);
    assertThat(Objects.requireNonNull(written.raw().get(32_768L)).bytes(512))
        .hasSize(512)
        .startsWith("boot me\0".getBytes(StandardCharsets.US_ASCII));
    String tree = "dtb/" + "long/".repeat(30) + "é.dtb";
    assertThat(written.files()).containsOnlyKeys("config.txt", tree);
    assertThat(text(written, tree)).isEqualTo("tree");
    assertThat(text(written, "config.txt")).isEqualTo("speed=fast size=" + DISK + "\n");
  }

  @Test
  void aProgramThatDoesNothingWritesNothing() throws IOException {
    WrittenFirmware written = install(":\n", "{}\n");
    assertThat(written.raw()).isEmpty();
    assertThat(written.files()).isEmpty();
  }

  @Test
  void zerosAreNotWritten() throws IOException {
    WrittenFirmware written =
        install(
            """
            z() { $b dd if=$artifacts/zeros of=$disk bs=512 seek=$1 conv=notrunc; }
            z 0; z 9; printf x | $b dd of=$disk bs=1 seek=5000 conv=notrunc
            """,
            "",
            new TreeMap<>(Map.of("zeros", Blob.of(new byte[4_096]))));
    assertThat(written.raw()).containsOnlyKeys(4_608L);
  }

  @Test
  void optionsOfAnyDepthReachTheProgram() throws IOException {
    String options = "a:\n    - 1\n    - |\n        text\n\n        more\nb: {}\n";
    WrittenFirmware written = install("echo \"$order\" >$esp/order\n", options);
    assertThat(text(written, "order"))
        .endsWith(
            """
            extraOptions:
                a:
                    - 1
                    - |
                        text

                        more
                b: {}
            """);
  }

  @Test
  void emptyOptionsAreAnEmptyMapping() throws IOException {
    WrittenFirmware written = install("echo \"$order\" >$esp/order\n", "{}\n");
    assertThat(text(written, "order")).endsWith("extraOptions: {}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo no such board >&2; exit 3 | ended with 3 and said \"no such board\"",
        "$b cat /proc/uptime; exit 1 | ended with 1 and said \"cat: can't open '(a path)': No such file or directory\"",
        "echo x >$esp/../other | wrote boot/other, and may write files to boot/EFI alone",
        "$b ln -s /etc/passwd $esp/link | wrote boot/EFI/link, and may write files to boot/EFI alone",
        "$b mkfifo $esp/pipe | wrote boot/EFI/pipe, and may write files to boot/EFI alone",
        "$b rm -r $esp && $b ln -s / $esp | wrote boot/EFI, and may write files to boot/EFI alone",
        "$b head -c 99 $esp/../../../../../../etc/passwd | ended with 1 and said \"head: (a path): No such file or directory\""
      })
  void aProgramThatDoesOtherwiseIsNamed(String body, String problem) {
    assertRefused(body + "\n", problem);
  }

  /// Two names of one file are one file and a link in whatever order a folder has them.
  @Test
  void aFileHasOneName() {
    assertThatThrownBy(() -> install("echo a >$esp/a && $b ln $esp/a $esp/b\n", ""))
        .isInstanceOf(UnfitInputException.class)
        .hasMessageMatching(
            "overlay \"board\": its program wrote boot/EFI/[ab], and may write files to boot/EFI alone");
  }

  /// A link there would be followed by whoever takes out what was written.
  @ParameterizedTest
  @ValueSource(strings = {"$disk", "$(field mountPrefix)", "$artifacts", "/.install"})
  void aProgramPutsNothingInThePlaceOfWhatItWasGiven(String path) {
    String body =
        "$b rm -rf %1$s/boot; ($b rm -rf %1$s || $b mv %1$s /.install/x) && echo gone >&2; $b ln -sfT /etc/passwd %1$s; [ -L %1$s ] && echo link >&2; exit 7\n"
            .formatted(path);
    assertThatThrownBy(() -> install(body, "")).hasMessageNotContainingAny("gone", "link");
  }

  @Test
  void aProgramChangesNoArtifact() {
    assertRefused(
        "echo x >$artifacts/new && exit 0\nexit 4\n",
        "ended with 4 and said \"(a path): line 9: can't create (a path): Read-only file system\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for i in 1 2 3; do $b dd if=/bin/busybox bs=1M count=1 >$esp/$i; $b truncate -s 120M $esp/$i; $b yes | $b dd of=$esp/$i bs=1M count=120 iflag=fullblock; done",
        "while :; do i=x$i; : >$esp/$i || exit 1; done",
        "$b yes | $b dd of=$disk bs=1M seek=200 count=1 conv=notrunc",
        "$b yes >$disk"
      })
  void aProgramThatWritesTooMuchIsEnded(String body) {
    assertThatThrownBy(() -> install(body + "\n", ""))
        .isInstanceOf(UnfitInputException.class)
        .hasMessageMatching("(?s)overlay \"board\": its program ended with [0-9]+ and said .*");
  }

  @Test
  void aProgramThatWritesOtherwiseEachTimeIsRefused() {
    assertRefused("$b mktemp -u XXXXXXXXXXXX >$esp/random\n", "does not write the same twice");
  }

  /// What is left behind ends before anybody looks at what was written.
  @Test
  void whatAProgramLeavesBehindWritesNoMore() throws IOException {
    WrittenFirmware written =
        install(
            """
            echo done >$esp/a
            : | $b setsid $b sh -c "while :; do $b sleep 1; echo late >$esp/a; done" &
            """,
            "");
    assertThat(text(written, "a")).isEqualTo("done\n");
  }

  @Test
  void artifactsThatAreTooLargeAreRefused() {
    Blob large = Blob.of(new byte[64 << 20]);
    SortedMap<String, Blob> artifacts = new TreeMap<>();
    for (int i = 0; i < 9; i++) {
      artifacts.put("a" + i, large);
    }
    assertThatThrownBy(() -> install(":\n", "", artifacts))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage(
            "overlay \"board\": its artifacts have 603979776 bytes, and 536870912 at most can be"
                + " given to its program");
  }

  @Test
  void aProgramThatIsLateIsEnded() {
    assertThatThrownBy(() -> install(2, "$b sleep 1000\n", "", ARTIFACTS))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage("overlay \"board\": its program did not end within 2 s");
  }

  private void assertRefused(String body, String problem) {
    assertThatThrownBy(() -> install(body, ""))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage("overlay \"board\": its program " + problem);
  }

  private WrittenFirmware install(String body, String options) throws IOException {
    return install(body, options, ARTIFACTS);
  }

  private WrittenFirmware install(String body, String options, SortedMap<String, Blob> artifacts)
      throws IOException {
    return install(40, body, options, artifacts);
  }

  /// @param limit in seconds
  private WrittenFirmware install(
      int limit, String body, String options, SortedMap<String, Blob> artifacts)
      throws IOException {
    OverlayPrograms programs = Scripts.programs(SandboxTool.UNSHARE, limit);
    return WrittenFirmware.read(
        programs.install(
            Scripts.program("board", Scripts.script(READ + body), options),
            artifacts,
            DISK,
            workspace));
  }

  private static String text(WrittenFirmware written, String path) throws IOException {
    return new String(
        Objects.requireNonNull(written.files().get(path)).bytes(1 << 16), StandardCharsets.UTF_8);
  }
}
