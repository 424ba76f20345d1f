package imageservice.plan.cmdline;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Warnings about a configuration's extra kernel arguments that the kernel does not see as they
/// were written; each is empty where there is nothing to say.
public final class ArgumentWarnings {
  private static final String SETTING = "customization.extraKernelArgs: ";

  /// Words that end a command of iPXE (iPXE, `exec.c`, `command_terminator`).
  private static final Set<String> IPXE_ENDS = Set.of(";", "&&", "||");

  private ArgumentWarnings() {}

  /// Arguments with characters to which GRUB gives a meaning.
  public static Optional<String> grub(List<String> arguments) {
    return naming(
        added(arguments).filter(GrubLine::changes).toList(),
        "GRUB changes %s: the kernel sees a backslash before each \" and \\, and no '. GRUB starts"
            + " ISOs and disk images on BIOS, before Talos v1.10 on UEFI as well. Write arguments"
            + " without these characters, or choose the bootloader sd-boot (for ISOs from Talos"
            + " v1.12 on, for disk images from v1.5 on)");
  }

  /// Words that end the kernel's command line in a boot script.
  public static Optional<String> ipxe(List<String> arguments) {
    return naming(
        words(arguments).filter(word -> word.startsWith("#") || IPXE_ENDS.contains(word)).toList(),
        "in boot scripts (/pxe/…) iPXE ends the kernel's command line before %s: a word that begins"
            + " with # is a comment, and ; && || end a command. The kernel sees no argument from"
            + " there on. Write the arguments without such words");
  }

  /// Words with settings of iPXE, which it fills in.
  public static Optional<String> ipxeSettings(List<String> arguments) {
    return naming(
        words(arguments).filter(word -> word.contains("${")).toList(),
        "in boot scripts (/pxe/…) iPXE puts its own setting in place of each ${…} of %s, and"
            + " nothing where it has none of that name");
  }

  /// Quoted values with blanks that are no longer in one piece.
  ///
  /// @param line the command line with the arguments
  public static Optional<String> takenApart(List<String> arguments, String line) {
    String whole = " " + line + " ";
    Predicate<String> isWhole =
        argument -> whole.contains(" " + argument.strip().replaceAll("\\s+", " ") + " ");
    return naming(
        added(arguments)
            .filter(argument -> argument.contains("\"") && argument.strip().matches("(?s).*\\s.*"))
            .filter(isWhole.negate())
            .toList(),
        "%s is not in one piece on the command line: its words are arguments of their own, quoted"
            + " or not, and words of one name are put together. Write values without blanks");
  }

  /// A command line that kernels cut, in an asset that is its text.
  public static Optional<String> cut(String line) {
    return CommandLineLimit.excess(line, 0, CommandLineLimit.BYTES)
        .map(
            excess -> excess + " and drop the rest: shorten customization.extraKernelArgs or meta");
  }

  /// Arguments that alone are longer than a command line may be.
  public static Optional<String> tooMany(List<String> arguments) {
    return CommandLineLimit.excess(String.join(" ", arguments), 0, CommandLineLimit.BYTES)
        .map(ignored ->
            SETTING
                + "they have more bytes than kernels read of a command line (%d): ISOs and UKIs are refused, and other kernels miss the last arguments. Write fewer or shorter ones"
                    .formatted(CommandLineLimit.BYTES));
  }

  /// The arguments that add something: a leading `-` removes.
  private static Stream<String> added(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> argument.length() < 2 || !argument.startsWith("-"));
  }

  private static Stream<String> words(List<String> arguments) {
    return arguments.stream()
        .flatMap(argument -> Arrays.stream(argument.strip().split("\\s+", -1)))
        .filter(word -> word.length() < 2 || !word.startsWith("-"));
  }

  private static Optional<String> naming(List<String> values, String text) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(SETTING + text.replace("%s", Listed.of(values)));
  }
}
