package imageservice.plan;

/// Repositories as catalogues name them, `siderolabs/gvisor`, and as they are below the source's
/// prefix, which ends in the organisation: `gvisor`.
public final class RepositoryNames {
  private static final String ORGANISATION = "siderolabs/";

  private RepositoryNames() {}

  public static String belowSource(String name) {
    return name.startsWith(ORGANISATION) ? name.substring(ORGANISATION.length()) : name;
  }
}
