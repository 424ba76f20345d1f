package imageservice.builder.assemble;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Facts about an asset of the reference service (Image Factory v1.5.0), made from miniature
/// releases: listings of the field's programs, and texts, each line after `| `.
record Golden(List<String> lines) {
  /// @param file such as `v1.9.5/empty/initramfs-amd64.txt`
  static Golden of(String file) {
    return new Golden(text(file).lines().toList());
  }

  static String text(String file) {
    try (InputStream in = Golden.class.getResourceAsStream("golden/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The text that follows a heading.
  String textOf(String heading) {
    return lines.stream()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> line.startsWith("    | "))
        .map(line -> line.substring(6) + "\n")
        .collect(Collectors.joining());
  }

  /// The lines that follow a heading, up to one with another beginning.
  List<String> after(String heading, String end) {
    return lines.stream()
        .dropWhile(line -> !line.startsWith(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith(end))
        .toList();
  }

  List<String> startingWith(String prefix) {
    return lines.stream().filter(line -> line.startsWith(prefix)).toList();
  }

  /// How many parts the asset has, each with a line of its own.
  int parts() {
    return startingWith("part: ").size();
  }

  /// What is said of one of them.
  Golden part(int number) {
    int first = lines.indexOf(startingWith("part: ").get(number));
    int next =
        number + 1 < parts() ? lines.indexOf(startingWith("part: ").get(number + 1)) : lines.size();
    return new Golden(lines.subList(first, next));
  }
}
