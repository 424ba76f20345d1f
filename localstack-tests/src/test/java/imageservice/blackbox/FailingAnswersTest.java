package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever is wrong with the machine, no answer names a file of it or tells of the program inside.
final class FailingAnswersTest {
  private static final Pattern BUILD = Pattern.compile("/builds/[0-9a-f]{64}");

  /// Where files of a machine lie, and what a Java program is recognised by.
  private static final List<String> INNER =
      List.of(
          "/tmp",
          System.getProperty("user.home"),
          System.getProperty("java.home"),
          "java.",
          "imageservice.",
          "Exception",
          "Error:",
          "\tat ");

  @TempDir private Path folder = Path.of("");

  /// What happens to the machine while the service runs.
  enum Trouble {
    SOURCE_GONE {
      @Override
      void befall(Machine machine) throws IOException {
        ServiceUnderTest.delete(machine.releases());
      }
    },
    SOURCE_EMPTY {
      @Override
      void befall(Machine machine) throws IOException {
        replaceFiles(machine.releases(), "blobs/sha256", file -> Files.delete(file));
      }
    },
    SOURCE_CUT {
      @Override
      void befall(Machine machine) throws IOException {
        replaceFiles(machine.releases(), "blobs/sha256", file -> Files.write(file, new byte[9]));
      }
    },
    SOURCE_OF_FOLDERS {
      @Override
      void befall(Machine machine) throws IOException {
        replaceFiles(machine.releases(), "blobs/sha256", FailingAnswersTest::makeFolder);
      }
    },
    SOURCE_INDEX_DAMAGED {
      @Override
      void befall(Machine machine) throws IOException {
        replaceFiles(
            machine.releases(), "index.json", file -> Files.writeString(file, "{\"manifests\":7}"));
      }
    },
    CACHE_IS_A_FILE {
      @Override
      void befall(Machine machine) throws IOException {
        makeFile(machine.data().resolve("blobs"));
      }
    },
    STORE_IS_A_FILE {
      @Override
      void befall(Machine machine) throws IOException {
        makeFile(machine.data().resolve("objects"));
      }
    },
    STORE_OF_FOLDERS {
      @Override
      void befall(Machine machine) throws IOException {
        replaceFiles(machine.data(), "objects", FailingAnswersTest::makeFolder);
      }
    },
    TABLES_CUT {
      @Override
      void befall(Machine machine) throws IOException {
        Files.write(machine.data().resolve("tables.mv"), new byte[0]);
      }
    };

    abstract void befall(Machine machine) throws IOException;
  }

  /// What is done to a file.
  private interface Change {
    void apply(Path file) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void whateverFailsNoFileOrClassIsNamed(Trouble trouble) throws Exception {
    Machine machine = Machine.in(folder);
    try (ServiceProcess service = machine.serve(0, "--run-overlay-programs");
        Client client = new Client(service.url())) {
      String before = client.configure("customization: {extraKernelArgs: [before]}");
      assertThat(client.download("/image/" + before + "/v1.9.5/kernel-amd64").status())
          .isEqualTo(200);
      String id = client.configure("customization: {extraKernelArgs: [after]}");
      String extended =
          client.configure(
              "customization: {systemExtensions: {officialExtensions: [siderolabs/nope]}}");
      String board = client.configure("overlay: {image: siderolabs/sbc-mini, name: mini-board}");
      trouble.befall(machine);
      List<Answer> answers = new ArrayList<>();
      for (String path :
          List.of(
              "/image/" + before + "/v1.9.5/kernel-amd64",
              "/image/" + id + "/v1.9.5/metal-amd64.iso",
              "/image/" + id + "/v1.11.0/cmdline-metal-amd64",
              "/image/" + id + "/v1.13.2/metal-arm64-uki.efi",
              "/image/" + extended + "/v1.9.5/initramfs-amd64.xz",
              "/image/" + board + "/v1.11.0/metal-arm64.iso",
              "/pxe/" + id + "/v1.7.6/metal-amd64",
              "/version/v1.5.5/extensions/official",
              "/version/v1.13.2/overlays/official",
              "/talosctl/v1.11.0",
              "/schematics/" + before,
              "/versions",
              "/readyz")) {
        answers.addAll(ask(client, path));
      }
      answers.add(client.post("/schematics", "customization: {extraKernelArgs: [later]}"));
      assertThat(answers).anyMatch(answer -> answer.status() >= 400);
      answers.forEach(answer -> assertTellsNothing(answer.toString()));
    }
  }

  /// Such a service starts, and refuses what it lacks.
  @Test
  void withoutAKitNoFolderIsNamed() throws Exception {
    Machine machine = Machine.in(folder);
    ServiceUnderTest.delete(machine.kit());
    try (ServiceProcess service = machine.serve(0);
        Client client = new Client(service.url())) {
      String id = client.configure("customization: {}");
      Answer answer = client.follow("GET", "/image/" + id + "/v1.9.5/metal-amd64.iso");
      assertThat(answer.status()).as(answer.toString()).isGreaterThanOrEqualTo(400);
      assertTellsNothing(answer.toString());
    }
  }

  /// The asset in words and in the end, and how its build stands.
  private static List<Answer> ask(Client client, String path) throws Exception {
    List<Answer> answers = new ArrayList<>();
    answers.add(client.follow("GET", path));
    answers.add(client.follow("HEAD", path));
    answers.add(client.get(path, "Accept", "application/json"));
    Matcher build =
        BUILD.matcher(String.join(" ", answers.stream().map(Answer::toString).toList()));
    if (build.find()) {
      answers.add(client.get(build.group()));
    }
    return answers;
  }

  /// Plans name files within images, below `usr/install`, as they are the same everywhere.
  private static void assertTellsNothing(String answer) {
    assertThat(answer).doesNotContain(INNER);
  }

  /// Changes the files whose path holds these words.
  private static void replaceFiles(Path root, String words, Change change) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files =
          all.filter(file -> file.toString().contains(words)).filter(Files::isRegularFile).toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      change.apply(file);
    }
  }

  private static void makeFolder(Path file) throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
  }

  private static void makeFile(Path folder) throws IOException {
    ServiceUnderTest.delete(folder);
    Files.createFile(folder);
  }
}
