package imageservice.infra.preflight;

import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/// What is deployed from.
///
/// @param node Node's major version
/// @param leastNode the first that CDK supports
/// @param missing programs that are not on the `PATH`, in the order of their names
/// @param makesKit whether GRUB's kit has to be made here
public record Machine(
    Optional<Integer> node, int leastNode, SortedSet<String> missing, boolean makesKit) {
  /// What makes GRUB's kit out of Debian's packages.
  public static final Set<String> KIT_PROGRAMS = Set.of("apt-get", "dpkg", "dpkg-deb", "flock");

  /// What each deployment runs.
  public static final Set<String> PROGRAMS = Set.of("npx", "curl");
}
