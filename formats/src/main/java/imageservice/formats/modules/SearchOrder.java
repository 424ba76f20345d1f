package imageservice.formats.modules;

import java.util.List;

/// Which of several modules of one name counts: `search` of depmod.d(5).
///
/// @param places folders below that of the kernel's release, and `built-in` for all others; the
///   earlier one counts more
public record SearchOrder(List<String> places) {
  private static final String BUILT_IN = "built-in";

  public SearchOrder {
    places = List.copyOf(places);
  }

  /// What depmod does without configuration.
  public static SearchOrder standard() {
    return new SearchOrder(List.of("updates", BUILT_IN));
  }

  /// Whether a module found later takes the place of one found before. Of two in one folder the
  /// later does where that folder is in the list, and does not elsewhere: so depmod has it.
  boolean replaces(ModulePath later, ModulePath earlier) {
    int rankOfLater = -1;
    int rankOfEarlier = -1;
    int builtIn = -1;
    for (int i = places.size() - 1; i >= 0; i--) {
      int rank = places.size() - 1 - i;
      String place = places.get(i);
      if (place.equals(BUILT_IN)) {
        builtIn = rank;
      } else if (isBelow(later, place)) {
        rankOfLater = rank;
      } else if (isBelow(earlier, place)) {
        rankOfEarlier = rank;
      }
    }
    return (rankOfLater < 0 ? builtIn : rankOfLater)
        > (rankOfEarlier < 0 ? builtIn : rankOfEarlier);
  }

  private static boolean isBelow(ModulePath module, String place) {
    return module.stem().startsWith(place + "/");
  }
}
