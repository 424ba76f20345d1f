package imageservice.local.start;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the packaged service starts. Training and running differ by the one option of the cache.
final class ServiceLaunch {
  static final String RUNTIME = "runtime";
  static final String CACHE = "lib/start.aot";
  static final String ZSTD = "lib/libzstd-jni.so";

  private static final String MAIN = "imageservice/imageservice.local.Main";

  private ServiceLaunch() {}

  /// The program that people start. It needs a shell, and `readlink` where a link leads to it. A
  /// cache that does not fit is passed over.
  static String script() {
    String lines =
        options("-XX:AOTCache=", "$home").stream()
            .map(option -> "    \"" + option + "\" \\\n")
            .collect(Collectors.joining());
    return """
    #!/bin/sh
    # Starts Image Service out of this folder, wherever it lies and whatever link leads here.
    case $0 in
        */*) program=$0 ;;
        *) program=./$0 ;;
    esac
    while [ -h "$program" ]; do
        link=$(readlink "$program")
        case $link in
            /*) program=$link ;;
            *) program=${program%%/*}/$link ;;
        esac
    done
    home=$(cd "${program%%/*}/.." && pwd -P) || exit 1
    progress=lines
    if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then progress=bar; fi
    exec "$home/%s/bin/java" \\
    %s    "-Dprogress=$progress" -Xlog:disable -m %s "$@"
    """
        .formatted(RUNTIME, lines, MAIN);
  }

  /// The same, to write a cache when it ends.
  static List<String> training(Path home, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve(RUNTIME).resolve("bin/java").toString());
    command.addAll(options("-XX:AOTCacheOutput=", home.toString()));
    command.addAll(List.of("-Dprogress=lines", "-m", MAIN));
    command.addAll(arguments);
    return command;
  }

  /// Little heap: material is mapped, not read into it.
  private static List<String> options(String cache, String home) {
    return Stream.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            // A cache's pointers fit where it was made to lie; elsewhere, all have to be changed.
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            cache + home + "/" + CACHE,
            "-DZstdNativePath=" + home + "/" + ZSTD,
            "-Dimageservice.home=" + home,
            "--enable-native-access=imageservice")
        .toList();
  }
}
