package imageservice.formats.blob;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What lies where on a medium, by the names that its writers gave, in nested regions.
final class Regions {
  /// @param name empty where only the inner regions have names
  /// @param inner whose bytes from `innerStart` on these are; null where it has no regions
  private record Region(
      long start, long length, String name, @Nullable Extents inner, long innerStart) {
    boolean holds(long position) {
      return position >= start && position - start < length;
    }
  }

  /// In order, apart from each other.
  private final List<Region> regions = new ArrayList<>();

  boolean isEmpty() {
    return regions.isEmpty();
  }

  /// Adds a region behind all others.
  ///
  /// @param name empty for a region that has none of its own
  void add(long start, String name, Extent.Slice content) {
    Extents inner =
        content.blob() instanceof Extents extents && !extents.regions().isEmpty() ? extents : null;
    if (inner != null || !name.isEmpty()) {
      regions.add(new Region(start, content.length(), name, inner, content.offset()));
    }
  }

  /// Adds the places of a position to `path`, the outermost first.
  void find(long position, List<Extents.Place> path) {
    int low = 0;
    int high = regions.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Region region = regions.get(middle);
      if (region.holds(position)) {
        enter(region, position - region.start(), path);
        return;
      }
      if (position < region.start()) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
  }

  private static void enter(Region region, long offset, List<Extents.Place> path) {
    if (!region.name().isEmpty()) {
      path.add(new Extents.Place(region.name(), region.innerStart() + offset));
    }
    if (region.inner() != null) {
      region.inner().regions().find(region.innerStart() + offset, path);
    }
  }
}
