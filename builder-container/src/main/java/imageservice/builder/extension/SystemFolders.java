package imageservice.builder.extension;

/// The folders of a release's modules and firmware, without leading slashes.
public enum SystemFolders {
  SPLIT_USR("lib"),
  MERGED_USR("usr/lib");

  private final String library;

  SystemFolders(String library) {
    this.library = library;
  }

  public static SystemFolders of(boolean mergedUsr) {
    return mergedUsr ? MERGED_USR : SPLIT_USR;
  }

  public String firmware() {
    return library + "/firmware";
  }

  public String modules() {
    return library + "/modules";
  }
}
