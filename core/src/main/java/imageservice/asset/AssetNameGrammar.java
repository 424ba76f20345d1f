package imageservice.asset;

import java.util.Optional;
import java.util.function.Function;

/// Reads asset names, which are case-sensitive. {@link #parse} tries its rules from top to bottom;
/// the first whose prefix and suffix match decides, even where its platform or architecture is
/// unknown.
public final class AssetNameGrammar {
  /// The asset name, or why the text is none.
  public sealed interface Outcome {}

  public record Parsed(AssetName name) implements Outcome {}

  /// The text is no asset name.
  ///
  /// @param reason one line for people, in the reference's words where it has the same refusal, and
  ///   where clients do not parse it, with what there is instead
  /// @param advice what there is instead, where clients parse the reason
  public record Invalid(String reason, Optional<String> advice) implements Outcome {
    Invalid(String reason) {
      this(reason, Optional.empty());
    }

    /// Reason and advice.
    public String whole() {
      return advice.map(more -> reason + "; " + more).orElse(reason);
    }
  }

  private static final String KERNEL = "kernel-";
  private static final String CMDLINE = "cmdline-";
  private static final String INITRAMFS = "initramfs-";
  private static final String INSTALLER = "installer-";
  private static final String PLATFORM_INSTALLER = "-installer-";
  private static final String TAR = ".tar";
  private static final String NAMES =
      "names are kernel-ARCH, initramfs-ARCH.xz, cmdline-PLATFORM-ARCH, PLATFORM-ARCH.iso,"
          + " PLATFORM-ARCH-uki.efi, installer-ARCH.tar, and PLATFORM-ARCH.raw, .qcow2, .vhd or .ova,"
          + " each as it is or with .zst, .xz, .gz or .tar.gz behind it";
  private static final String BOARD_ARCHITECTURE = "-" + Architecture.ARM64;

  private AssetNameGrammar() {}

  public static Outcome parse(String name) {
    if (name.startsWith(KERNEL)) {
      return architecture(
          name.substring(KERNEL.length()), arch -> new Parsed(new AssetName.Kernel(arch)));
    }
    if (name.startsWith(CMDLINE)) {
      return target(name.substring(CMDLINE.length()), AssetName.Cmdline::new);
    }
    if (name.startsWith(INITRAMFS) && name.endsWith(".xz")) {
      return architecture(
          between(name, INITRAMFS, ".xz"), arch -> new Parsed(new AssetName.Initramfs(arch)));
    }
    if (name.endsWith(".iso")) {
      return target(between(name, "", ".iso"), AssetName.Iso::new);
    }
    if (name.endsWith("-uki.efi")) {
      return target(between(name, "", "-uki.efi"), AssetName.Uki::new);
    }
    return installer(name).orElseGet(() -> disk(name));
  }

  private static Optional<Outcome> installer(String name) {
    if (name.startsWith(INSTALLER) && name.endsWith(TAR)) {
      return Optional.of(
          target(Platform.METAL + "-" + between(name, INSTALLER, TAR), AssetName.Installer::new));
    }
    int at = name.indexOf(PLATFORM_INSTALLER);
    if (at >= 0 && name.substring(at + PLATFORM_INSTALLER.length()).endsWith(TAR)) {
      String rest = between(name.substring(at), PLATFORM_INSTALLER, TAR);
      return Optional.of(target(name.substring(0, at) + "-" + rest, AssetName.Installer::new));
    }
    return Optional.empty();
  }

  private static Outcome disk(String name) {
    for (Compression compression : Compression.values()) {
      if (name.endsWith(compression.suffix())) {
        return disk(between(name, "", compression.suffix()), compression);
      }
    }
    throw new IllegalStateException("every name ends in nothing: " + name);
  }

  private static Outcome disk(String name, Compression compression) {
    for (DiskFormat format : DiskFormat.values()) {
      if (name.endsWith(format.suffix())) {
        return target(
            between(name, "", format.suffix()),
            target -> new AssetName.Disk(target, format, compression));
      }
    }
    return new Invalid("invalid profile path: \"" + name + "\"", Optional.of(NAMES));
  }

  private static Outcome target(String text, Function<Target, AssetName> name) {
    boolean secureBoot = text.endsWith(Target.SECURE_BOOT);
    String machine = secureBoot ? between(text, "", Target.SECURE_BOOT) : text;
    int dash =
        machine.startsWith(Platform.DIGITAL_OCEAN + "-")
            ? Platform.DIGITAL_OCEAN.toString().length()
            : machine.indexOf('-');
    if (dash < 0) {
      return new Invalid(
          "invalid platform-arch: \"%s\"; write a platform, a dash and an architecture, such as metal-amd64; platforms: %s; architectures: amd64, arm64"
              .formatted(machine, Platform.known()));
    }
    return target(machine.substring(0, dash), machine.substring(dash + 1), secureBoot, name);
  }

  private static Outcome target(
      String platform, String architecture, boolean secureBoot, Function<Target, AssetName> name) {
    Optional<Board> board = board(platform, architecture);
    if (board.isPresent()) {
      return new Parsed(
          name.apply(new Target(Platform.METAL, Architecture.ARM64, secureBoot, board)));
    }
    return architecture(
        architecture,
        arch ->
            Platform.parse(platform)
                .<Outcome>map(known -> new Parsed(name.apply(new Target(known, arch, secureBoot))))
                .orElseGet(() -> unknownPlatform(platform)));
  }

  /// The board in `metal-<board>-arm64`; the planner refuses it where the release has no boards.
  private static Optional<Board> board(String platform, String architecture) {
    return platform.equals(Platform.METAL.toString()) && architecture.endsWith(BOARD_ARCHITECTURE)
        ? Board.parse(between(architecture, "", BOARD_ARCHITECTURE))
        : Optional.empty();
  }

  private static Outcome unknownPlatform(String platform) {
    return new Invalid("unknown platform \"%s\"; known: %s".formatted(platform, Platform.known()));
  }

  private static Outcome architecture(String text, Function<Architecture, Outcome> result) {
    return switch (text) {
      case "amd64", "x86_64", "i386" -> result.apply(Architecture.AMD64);
      case "arm64" -> result.apply(Architecture.ARM64);
      default -> new Invalid("invalid architecture: \"%s\"; known: amd64, arm64".formatted(text));
    };
  }

  /// The text without its prefix and suffix; empty where the two overlap.
  private static String between(String text, String prefix, String suffix) {
    int end = text.length() - suffix.length();
    return end < prefix.length() ? "" : text.substring(prefix.length(), end);
  }
}
