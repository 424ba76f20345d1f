package imageservice.local;

import imageservice.builder.BuilderWiring;
import imageservice.builder.mirror.ReleaseMirror;
import imageservice.builder.oci.LayoutFolder;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;
import imageservice.release.CatalogueExtension;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mirror`: copies releases into a folder that `--source oci:DIR` reads.
@Command(
    name = "mirror",
    mixinStandardHelpOptions = true,
    description =
        "Copy all images that releases are built from, with their signatures, into a folder for machines without a network. What is there already is checked, and fetched again where it is damaged.")
final class MirrorCommand implements Callable<Integer> {
  private static final String TO = "--to";
  private static final String EXTENSIONS = "--extensions";
  private static final String ALL = "all";
  private static final String NONE = "none";
  private static final String LAYOUTS = "oci:";

  @Mixin private SharedOptions shared = new SharedOptions();

  @Parameters(
      paramLabel = "VERSION",
      arity = "1..*",
      description = "the Talos versions, such as v1.9.5")
  private List<String> versions = new ArrayList<>();

  @Option(
      names = TO,
      paramLabel = "oci:DIR",
      required = true,
      description = "the folder; what is in it stays")
  private String to = "";

  @Option(
      names = EXTENSIONS,
      paramLabel = "NAME[,NAME]",
      split = ",",
      defaultValue = ALL,
      description =
          "the extensions to copy, such as siderolabs/gvisor, or all, or none (default: ${DEFAULT-VALUE})")
  private List<String> extensions = new ArrayList<>(List.of(ALL));

  @Override
  public Integer call() throws CommandException {
    List<TalosVersion> releases = releases();
    Path folder = folder();
    VerifiedSource source = shared.source();
    BuilderWiring side =
        BuildSide.open(
            source,
            Optional.empty(),
            shared.data().resolve("blobs"),
            shared.grubKit(),
            false,
            Optional.empty(),
            Optional.empty());
    Told told = new Told();
    Set<String> named = new HashSet<>(extensions);
    try (FileChannel _ = lock(folder);
        ProgressDisplay display = display()) {
      display.follow(told::steps);
      ReleaseMirror mirror = side.mirror(source.images(), new LayoutFolder(folder), told);
      for (TalosVersion version : releases) {
        boolean whole = mirror.copy(version, extension -> isWanted(extension, named));
        System.out.println(
            whole
                ? "%s: all of it is in %s".formatted(version, to)
                : "%s: not whole: see above, run this again, or leave extensions out with %s"
                    .formatted(version, EXTENSIONS));
      }
    } catch (IOException e) {
      throw new CommandException(Reason.of(e));
    }
    requireFound(named);
    System.out.println(told.sum());
    return told.failed == 0 ? 0 : 1;
  }

  private List<TalosVersion> releases() throws CommandException {
    List<TalosVersion> releases = new ArrayList<>();
    for (String text : versions) {
      releases.add(
          TalosVersion.parse(text)
              .orElseThrow(() -> new CommandException("invalid Talos version \"" + text + "\"")));
    }
    return releases;
  }

  private Path folder() throws CommandException {
    if (!to.startsWith(LAYOUTS) || to.equals(LAYOUTS)) {
      throw new CommandException("%s %s: give %sDIR".formatted(TO, to, LAYOUTS));
    }
    return Path.of(to.substring(LAYOUTS.length()));
  }

  private static ProgressDisplay display() {
    return new ProgressDisplay(System.err, ProgressDisplay.Form.lines);
  }

  /// Two that write the same indexes would forget each other's images.
  private FileChannel lock(Path folder) throws CommandException, IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // another one of this process
    }
    channel.close();
    throw new CommandException(to + " is being written by another process: wait for it to end");
  }

  /// Whether an extension is copied; what was found is no longer looked for.
  private boolean isWanted(CatalogueExtension extension, Set<String> named) {
    named.remove(extension.name());
    return extensions.contains(ALL) || extensions.contains(extension.name());
  }

  private void requireFound(Set<String> named) throws CommandException {
    named.removeAll(Set.of(ALL, NONE));
    if (!named.isEmpty()) {
      throw new CommandException(
          "%s: no such extension in any of these releases: %s"
              .formatted(EXTENSIONS, String.join(", ", named.stream().sorted().toList())));
    }
  }

  /// What is being copied, for a person.
  private static final class Told implements ReleaseMirror.Log {
    private final AtomicLong bytes = new AtomicLong();
    private volatile String image = "";
    private volatile long before;
    private int images;
    private int failed;

    @Override
    public void begins(OciImage next) {
      before = bytes.get();
      image = next.repository() + ":" + next.tag();
      images++;
    }

    @Override
    public void fetched(long more) {
      bytes.addAndGet(more);
    }

    @Override
    public void failed(OciImage of, SourceException cause) {
      failed++;
      System.err.println("image-service: " + of + ": " + Reason.of(cause));
    }

    List<ProgressDisplay.Step> steps() {
      return image.isEmpty()
          ? List.of()
          : List.of(new ProgressDisplay.Step("copying " + image, bytes.get() - before, 0));
    }

    String sum() {
      return "%d images, %d of them not copied; %s MB fetched"
          .formatted(images, failed, String.format(Locale.ROOT, "%.1f", bytes.get() / 1e6));
    }
  }
}
