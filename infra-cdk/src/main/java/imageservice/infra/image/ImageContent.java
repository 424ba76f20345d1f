package imageservice.infra.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Everything that an image's bytes depend on, but for the program that makes it.
///
/// @param base the image below, by digest
/// @param architecture as images call it: `amd64` or `arm64`
public record ImageContent(
    String base,
    String architecture,
    List<Layer> layers,
    Map<String, String> environment,
    List<String> command) {
  /// What one `COPY` brings.
  ///
  /// @param files in the order of their names in the image
  public record Layer(List<File> files) {}

  /// A file.
  ///
  /// @param path in the image, absolute
  /// @param content where it is on this machine
  public record File(String path, Path content) {
    /// Whether it can be run.
    boolean isProgram() {
      return Files.isExecutable(content);
    }
  }

  /// What a Dockerfile says, with the files that there are now.
  ///
  /// @param repository the checkout
  /// @param stages the folders that earlier stages would have made, by `STAGE:FOLDER`
  public static ImageContent of(
      Dockerfile dockerfile,
      String base,
      String architecture,
      Path repository,
      Map<String, Path> stages)
      throws IOException {
    List<Layer> layers = new ArrayList<>();
    for (Dockerfile.Copy copy : dockerfile.copies()) {
      layers.add(new Layer(files(folder(copy, repository, stages), copy.to())));
    }
    return new ImageContent(
        base, architecture, layers, dockerfile.environment(), dockerfile.command());
  }

  private static Path folder(Dockerfile.Copy copy, Path repository, Map<String, Path> stages) {
    if (copy.stage().isEmpty()) {
      return repository.resolve(copy.from());
    }
    Path made = stages.get(copy.stage() + ":" + copy.from());
    if (made == null) {
      throw new IllegalArgumentException("nobody makes " + copy.from() + " of " + copy.stage());
    }
    return made;
  }

  private static List<File> files(Path folder, String to) throws IOException {
    String prefix = to.endsWith("/") ? to : to + "/";
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .map(name -> new File(prefix + name, folder.resolve(name)))
          .toList();
    }
  }

  /// The same for the same content, in hex.
  public String fingerprint() throws IOException {
    MessageDigest digest = sha256();
    try (OutputStream hash = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      write(hash, "base " + base + " " + architecture);
      write(hash, "environment " + new TreeMap<>(environment));
      write(hash, "command " + command);
      for (Layer layer : layers) {
        write(hash, "layer of " + layer.files().size());
        for (File file : layer.files()) {
          write(hash, Files.size(file.content()) + " " + file.isProgram() + " " + file.path());
          Files.copy(file.content(), hash);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void write(OutputStream hash, String line) throws IOException {
    hash.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
