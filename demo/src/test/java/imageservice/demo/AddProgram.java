package imageservice.demo;

import java.io.IOException;
import java.nio.file.Path;

/// Adds a release to a folder, as a program of its own: FOLDER PACKAGES VERSION. Says what it does.
final class AddProgram {
  private AddProgram() {}

  public static void main(String[] arguments) throws IOException {
    new DemoReleases(Path.of(arguments[0]), System.out::println)
        .add(DemoVersions.parse(arguments[2]), new Packages(Path.of(arguments[1])));
  }
}
