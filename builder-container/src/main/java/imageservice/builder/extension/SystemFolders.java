package imageservice.builder.extension;

import imageservice.builder.layers.TreeEntry;

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

  /// Whether an entry is a folder that every release of this kind has as a folder, never as a link:
  /// the folders of modules and firmware and those above, and that of extensions' programs.
  boolean isReal(String path, TreeEntry entry) {
    return entry instanceof TreeEntry.Directory
        && (path.equals("usr/local")
            || (modules() + "/").startsWith(path + "/")
            || path.equals(firmware())
            || path.equals("usr"));
  }
}
