package imageservice.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// `./deploy` and `./destroy` in an environment of a test's own, with a stand-in for `npx` that
/// writes down what it is told, and outputs of a stack where it is told to.
///
/// @param folder for everything that they keep
/// @param variables of their environment
record DeployTool(Path folder, Map<String, String> variables) {
  private static final Path REPOSITORY =
      Path.of(System.getProperty("repository.folder", "..")).toAbsolutePath().normalize();

  /// CDK's command line, in the one version that is used.
  static final String CDK = "aws-cdk@2.1148.1";

  /// Nothing of the account that whoever runs this test may have.
  static final List<String> FOREIGN =
      List.of(
          "AWS_REGION",
          "AWS_DEFAULT_REGION",
          "AWS_PROFILE",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_ENDPOINT_URL",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI");

  static DeployTool in(Path folder) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path npx = Files.writeString(bin.resolve("npx"), npx(folder));
    if (!npx.toFile().setExecutable(true)) {
      throw new IOException("not made executable: " + npx);
    }
    Files.writeString(folder.resolve("outputs.json"), "{}");
    Map<String, String> variables = new TreeMap<>();
    variables.put("PATH", bin + ":" + System.getenv("PATH"));
    variables.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    variables.put("AWS_CONFIG_FILE", folder.resolve("none").toString());
    variables.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
    variables.put("DEPLOY_LEAST_NODE", "18");
    return new DeployTool(folder, variables).npxEndsWith(0);
  }

  private static String npx(Path folder) {
    return """
    #!/bin/sh
    echo "$*" >>'%1$s/npx'
    while [ $# -gt 0 ]; do
        [ "$1" != --outputs-file ] || cp '%1$s/outputs.json' "$2"
        shift
    done
    exit "$(cat '%1$s/status')"
    """
        .formatted(folder);
  }

  DeployTool with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(variables);
    all.putAll(more);
    return new DeployTool(folder, all);
  }

  /// A `PATH` that lacks a program.
  DeployTool without(String program) throws IOException {
    Path farm = Files.createDirectories(folder.resolve("without-" + program));
    for (String each : String.valueOf(System.getenv("PATH")).split(":", -1)) {
      if (Files.isDirectory(Path.of(each))) {
        link(Path.of(each), farm, program);
      }
    }
    return with(Map.of("PATH", folder.resolve("bin") + ":" + farm));
  }

  private static void link(Path from, Path farm, String program) throws IOException {
    try (Stream<Path> all = Files.list(from)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        Path link = farm.resolve(String.valueOf(file.getFileName()));
        if (!link.endsWith(program) && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
          Files.createSymbolicLink(link, file);
        }
      }
    }
  }

  DeployTool npxEndsWith(int status) throws IOException {
    Files.writeString(folder.resolve("status"), Integer.toString(status));
    return this;
  }

  void outputs(String json) throws IOException {
    Files.writeString(folder.resolve("outputs.json"), json);
  }

  /// What `npx` was told, a line for each time.
  List<String> npx() throws IOException {
    Path told = folder.resolve("npx");
    return Files.exists(told) ? Files.readAllLines(told) : List.of();
  }

  Path settings() {
    return folder.resolve("deploy.json");
  }

  /// @param script `deploy` or `destroy`
  Command.Result run(String script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("env"));
    FOREIGN.forEach(name -> command.addAll(List.of("-u", name)));
    variables.forEach((name, value) -> command.add(name + "=" + value));
    command.add(REPOSITORY.resolve(script).toString());
    command.addAll(List.of("--settings", settings().toString()));
    command.addAll(List.of(arguments));
    return Command.run(folder, command);
  }

  static Path repository() {
    return REPOSITORY;
  }
}
