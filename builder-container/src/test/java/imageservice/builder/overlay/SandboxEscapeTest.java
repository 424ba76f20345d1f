package imageservice.builder.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.material.UnfitInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a program may not reach, may not change and may not use up.
@Timeout(60)
final class SandboxEscapeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aProgramSeesItselfAlone(SandboxTool tool) throws IOException {
    String seen = "echo \"kernelArgs: ['$(echo $($b find / | $b sort))']\"\n";
    assertThat(Scripts.run(tool, seen, ""))
        .containsExactly("/ /bin /bin/busybox /board"); // busybox is the test's
  }

  @ParameterizedTest
  @EnumSource
  void aProgramReadsNoFileOfTheMachine(SandboxTool tool) throws IOException {
    Path file = Files.writeString(open(folder).resolve("file"), "content");
    for (String path :
        new String[] {"/etc/shadow", "/etc/hostname", "/proc/1/cmdline", "/proc", "/dev", "/sys"}) {
      assertThat(exists(tool, path)).isEqualTo("no");
    }
    assertThat(exists(tool, file.toString())).isEqualTo("no");
    assertThat(exists(tool, "/bin/busybox")).isEqualTo("yes");
  }

  @ParameterizedTest
  @EnumSource
  void aProgramWritesAndDeletesNoFile(SandboxTool tool) throws IOException {
    Path file = Files.writeString(open(folder).resolve("file"), "content");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    String body =
        """
        $b rm -rf "%1$s"
        (echo other >"%1$s") && echo "kernelArgs: [written]"
        for place in / /tmp /bin /dev/shm; do
          (echo x >$place/new) && echo "kernelArgs: [$place]"
        done
        $b rm /board && echo "kernelArgs: [removed]"
        $b chmod 777 / && echo "kernelArgs: [changed]"
        echo "name: board"
        """
            .formatted(file);
    assertThat(Scripts.run(tool, body, "")).isEmpty();
    assertThat(file).hasContent("content");
  }

  @ParameterizedTest
  @EnumSource
  void aProgramMountsNothingAndLeavesNoRoot(SandboxTool tool) throws IOException {
    String body =
        """
        $b mount -t tmpfs x /bin && echo "kernelArgs: [mount]"
        $b mount -o remount,bind,rw / && echo "kernelArgs: [remount]"
        $b chroot /bin /busybox true && echo "kernelArgs: [chroot]"
        $b unshare -U true && echo "kernelArgs: [unshare]"
        $b hostname x && echo "kernelArgs: [hostname]"
        echo "name: board"
        """;
    assertThat(Scripts.run(tool, body, "")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aProgramConnectsToNothing(SandboxTool tool) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      server.configureBlocking(false);
      int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
      String body =
          """
          $b nc 127.0.0.1 %d </bin/busybox >&2 && echo "kernelArgs: [connected]"
          echo "name: board"
          """
              .formatted(port);
      assertThat(Scripts.run(tool, body, "")).isEmpty();
      assertThat(server.accept()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aProgramFindsNoUnixSocket(SandboxTool tool) throws IOException {
    Path socket = open(folder).resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      assertThat(exists(tool, socket.toString())).isEqualTo("no");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aProgramHasNoEnvironmentOfTheService(SandboxTool tool) throws IOException {
    String body = "echo \"kernelArgs: ['$HOME', '$USER', '$LANG', '$JAVA_HOME', '$TMPDIR']\"\n";
    assertThat(Scripts.run(tool, body, "")).containsExactly("", "", "", "", "");
  }

  @ParameterizedTest
  @EnumSource
  void aProgramCannotStartManyProcesses(SandboxTool tool) throws IOException {
    String body =
        """
        nest() { if [ $1 = 0 ]; then echo $2; else : | nest $(($1 - 1)) $2; fi; }
        echo "kernelArgs: [$(nest 10 few), $(nest 600 many)]"
        """;
    assertThat(Scripts.run(tool, body, "")).containsExactly("few");
  }

  @ParameterizedTest
  @EnumSource
  void aProgramCannotTakeMuchMemory(SandboxTool tool) {
    String body =
        """
        x=0123456789abcdef
        while :; do x=$x$x; done
        """;
    assertThatThrownBy(() -> Scripts.run(tool, body, ""))
        .isInstanceOf(UnfitInputException.class)
        .hasMessageContaining("out of memory");
  }

  @ParameterizedTest
  @EnumSource
  void aProgramThatPrintsWithoutEndIsEnded(SandboxTool tool) {
    for (String where : new String[] {"", " >&2"}) {
      assertThatThrownBy(() -> Scripts.run(tool, "$b yes" + where + "\n", ""))
          .isInstanceOf(UnfitInputException.class)
          .hasMessage("overlay \"board\": its program printed more than 65536 bytes");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aProgramThatDoesNotReadItsOptionsIsEndedInTime(SandboxTool tool) {
    String options = "x".repeat(100_000);
    assertThatThrownBy(() ->
            Scripts.programs(tool, 2)
                .options(Scripts.program("board", Scripts.script("$b sleep 1000\n"), options)))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage("overlay \"board\": its program did not end within 2 s");
  }

  @ParameterizedTest
  @EnumSource
  void aProgramNeedNotReadItsOptions(SandboxTool tool) throws IOException {
    assertThat(Scripts.run(tool, "echo 'kernelArgs: [a]'\n", "x".repeat(100_000)))
        .containsExactly("a");
  }

  private static String exists(SandboxTool tool, String path) throws IOException {
    String body =
        "if [ -e '%s' ]; then e=yes; else e=no; fi\necho \"kernelArgs: ['$e']\"\n".formatted(path);
    return Scripts.run(tool, body, "").getFirst();
  }

  /// Whatever user the program has on the machine, permissions would let it in.
  private static Path open(Path folder) throws IOException {
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }
}
