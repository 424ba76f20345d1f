package imageservice.blackbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program that pulls images from a registry, as people run it. Each leaves the image of one
/// architecture in an OCI layout.
enum Puller {
  CRANE {
    @Override
    List<List<String>> commands(String reference, String architecture, Path folder) {
      String platform = "--platform=linux/" + architecture;
      return List.of(
          List.of(
              "crane",
              "pull",
              "--insecure",
              "--format=oci",
              platform,
              reference,
              layout(folder).toString()),
          List.of("crane", "digest", "--insecure", platform, reference));
    }
  },
  ORAS {
    @Override
    List<List<String>> commands(String reference, String architecture, Path folder) {
      String platform = "--platform=linux/" + architecture;
      return List.of(
          List.of(
              "oras",
              "copy",
              "--from-plain-http",
              platform,
              reference,
              "--to-oci-layout",
              layout(folder) + ":pulled"),
          List.of("oras", "resolve", "--plain-http", platform, reference));
    }
  },
  SKOPEO {
    @Override
    List<List<String>> commands(String reference, String architecture, Path folder) {
      String override = "--override-arch=" + architecture;
      String source = "docker://" + reference;
      return List.of(
          List.of(
              "skopeo",
              "copy",
              "--src-tls-verify=false",
              override,
              source,
              "oci:" + layout(folder) + ":pulled"),
          List.of(
              "skopeo", "inspect", "--tls-verify=false", override, "--format={{.Digest}}", source));
    }
  },
  PODMAN {
    @Override
    List<List<String>> commands(String reference, String architecture, Path folder) {
      return List.of(
          stored(
              folder, "podman", "pull", "--tls-verify=false", "--arch=" + architecture, reference),
          stored(
              folder,
              "podman",
              "save",
              "--format=oci-dir",
              "-o",
              layout(folder).toString(),
              reference),
          stored(folder, "podman", "image", "inspect", "--format={{.RepoDigests}}", reference));
    }
  },
  BUILDAH {
    @Override
    List<List<String>> commands(String reference, String architecture, Path folder) {
      return List.of(
          stored(
              folder, "buildah", "pull", "--tls-verify=false", "--arch=" + architecture, reference),
          stored(folder, "buildah", "push", reference, "oci:" + layout(folder) + ":pulled"),
          stored(folder, "buildah", "images", "--digests"));
    }
  },
  CONTAINERD {
    @Override
    List<List<String>> commands(String reference, String architecture, Path folder) {
      return List.of(
          List.of("containerd-pull", reference, architecture, layout(folder).toString()));
    }
  };

  /// The command lines, one after the other; the last prints digests of what the reference leads
  /// to.
  abstract List<List<String>> commands(String reference, String architecture, Path folder);

  /// Whether the layout has the manifest as the registry has it; others write it anew.
  boolean keepsManifests() {
    return this == CRANE || this == ORAS || this == CONTAINERD;
  }

  /// What came of a pull.
  ///
  /// @param printed with a digest
  record Pulled(Path layout, String printed) {}

  /// Pulls into an empty folder.
  Pulled pull(String reference, String architecture, Path folder) throws Exception {
    String printed = "";
    for (List<String> command : commands(reference, architecture, folder)) {
      printed = Command.succeed(folder, command);
    }
    return new Pulled(layout(folder), printed);
  }

  static Path layout(Path folder) {
    return folder.resolve("layout");
  }

  /// With an image store of its own in the folder.
  private static List<String> stored(Path folder, String program, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program,
                "--root=" + folder.resolve("store"),
                "--runroot=" + folder.resolve("run"),
                "--storage-driver=vfs"));
    command.addAll(List.of(arguments));
    return command;
  }
}
