package imageservice.demo;

import imageservice.asset.Architecture;
import java.util.List;
import java.util.function.Function;

/// A container image of a release.
///
/// @param name of its repository below `siderolabs/`
/// @param layers the lowest first
record DemoImage(String name, String tag, PerArchitecture<List<FileTree>> layers) {
  static DemoImage of(String name, String tag, Function<Architecture, List<FileTree>> layers) {
    return new DemoImage(
        name,
        tag,
        new PerArchitecture<>(layers.apply(Architecture.AMD64), layers.apply(Architecture.ARM64)));
  }
}
