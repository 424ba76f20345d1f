package imageservice.configuration;

import java.util.Map;

/// What a value of a wrong type should have been, in words, with an example of one line.
final class Expectation {
  static final String DOCUMENT =
      "a mapping is expected, such as customization: {extraKernelArgs: [vga=791]}";

  /// By the types that refusals name.
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("schematic.Schematic", DOCUMENT),
          Map.entry(
              "schematic.Overlay",
              "a mapping is expected, such as overlay: {image: siderolabs/sbc-raspberrypi, name:"
                  + " rpi_generic}"),
          Map.entry("schematic.Customization", DOCUMENT),
          Map.entry(
              "schematic.SystemExtensions",
              "a mapping is expected, such as systemExtensions: {officialExtensions:"
                  + " [siderolabs/gvisor]}"),
          Map.entry("schematic.MetaValue", "a mapping is expected, such as {key: 10, value: text}"),
          Map.entry(
              "schematic.SecureBootCustomization",
              "a mapping is expected, such as secureboot: {enrollKeys: force}"),
          Map.entry(
              "schematic.DiskImageCustomization",
              "a mapping is expected, such as diskImage: {sectorSize: 4096}"),
          Map.entry(
              "[]schematic.MetaValue",
              "a list is expected, such as meta: [{key: 10, value: text}]"),
          Map.entry("[]string", "a list of texts is expected, such as [first, second]"),
          Map.entry("map[string]interface {}", "a mapping is expected, such as {key: value}"),
          Map.entry("string", "a text is expected; quote it, such as 'a: b'"),
          Map.entry("bool", "true or false is expected"),
          Map.entry("uint8", "a number from 0 to 255 is expected, without quotes"),
          Map.entry("uint", "a number is expected, without quotes, such as 4096"));

  private Expectation() {}

  /// The words, or `""` where there are none for the type.
  static String of(String type) {
    return WORDS.getOrDefault(type, "");
  }
}
