package imageservice.infra.deploy;

import imageservice.infra.Packaged;
import imageservice.infra.Settings;
import imageservice.infra.preflight.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The settings that are remembered and those of the command line, which come first. One without a
/// value is forgotten.
///
/// @param remembered whether there is a file of them
record GivenSettings(SortedMap<String, String> values, boolean remembered) {
  static GivenSettings of(SettingsFile file, Map<String, String> given) throws DeployException {
    SortedMap<String, String> all = file.read();
    all.putAll(given);
    all.values().removeIf(String::isBlank);
    return new GivenSettings(all, file.exists());
  }

  /// What is wrong with them, and what they say where nothing is.
  Choices choices() {
    TreeSet<String> unknown = new TreeSet<>(values.keySet());
    List<String> refusals = new ArrayList<>();
    Optional<Settings> settings = Optional.empty();
    try {
      settings = Optional.of(Settings.of(name -> asked(name, unknown), Packaged.NOTHING));
      unknown.forEach(
          name -> refusals.add("there is no setting " + name + "; docs/deploying.md has them all"));
    } catch (IllegalArgumentException e) {
      refusals.add(String.valueOf(e.getMessage()));
    }
    return new Choices(refusals, settings.filter(s -> refusals.isEmpty()), remembered);
  }

  private Optional<String> asked(String name, TreeSet<String> unknown) {
    unknown.remove(name);
    return Optional.ofNullable(values.get(name));
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  GivenSettings with(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(values);
    more.put(name, value);
    return new GivenSettings(more, remembered);
  }
}
