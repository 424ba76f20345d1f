package imageservice.formats.modules;

/// A module in a tree of modules.
public record TreeModule(ModulePath path, ModuleFile file) {
  String name() {
    return path.name();
  }
}
